import { allows, walk } from "./schemas.js";

/** How members are called: in camelCase (`camelCase`), instants …At and dates …On (`times`). */
export default function members(contract, { camelCase, times, except }) {
  const faults = [];
  for (const [component, whole] of Object.entries(contract.components.schemas)) {
    walk(whole, ["components", "schemas", component], (schema, at) => {
      for (const [name, member] of Object.entries(schema.properties ?? {})) {
        const fault = (message) => faults.push({ message: `${name}: ${message}`, path: [...at, "properties", name] });
        if (except.includes(name)) continue;
        if (camelCase && !/^[a-z][a-zA-Z0-9]*$/.test(name)) fault("members are in camelCase.");
        if (!times) continue;
        for (const [ending, format] of [
          ["At", "date-time"],
          ["On", "date"],
        ]) {
          // What may be null or a reference is looked into.
          const is = [member, ...(member.oneOf ?? [])].some((one) => one.format === format && allows(one, "string"));
          if (is !== new RegExp(`[a-z]${ending}$`).test(name))
            fault(`…${ending} goes with ${format}, and the other way round.`);
        }
      }
    });
  }
  return faults;
}

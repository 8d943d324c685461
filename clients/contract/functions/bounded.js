import { allows, walk } from "./schemas.js";

/** Texts have a `maxLength`, or a format or values that bound them; lists have a `maxItems`. */
export default function bounded(target, _options, { path }) {
  const faults = [];
  const look = (schema, at) =>
    walk(schema, at, (one, where) => {
      const bounded =
        ["maxLength", "enum", "const"].some((word) => word in one) || ["uuid", "date"].includes(one.format);
      if (allows(one, "string") && !bounded) faults.push({ message: "A text without maxLength.", path: where });
      if (allows(one, "array") && !("maxItems" in one))
        faults.push({ message: "A list without maxItems.", path: where });
    });
  if (Array.isArray(target)) {
    for (const [at, parameter] of target.entries()) look(parameter.schema, [...path, at, "schema"]);
  } else {
    for (const [type, media] of Object.entries(target.content))
      look(media.schema, [...path, "content", type, "schema"]);
  }
  return faults;
}

import { operations } from "./schemas.js";

/** The refusals that follow from what an operation takes. */
export default function refusals(contract) {
  const faults = [];
  for (const { path, operation, at } of operations(contract)) {
    const takes = (place, name) =>
      (operation.parameters ?? []).some((one) => one.in === place && (!name || one.name === name));
    const secured = (operation.security ?? contract.security ?? []).some((one) => "bearer" in one);
    const wanted = [
      "500",
      ...(secured ? ["401", "403"] : []),
      ...(path.includes("{") ? ["404"] : []),
      ...(takes("query") ? ["400"] : []),
      ...(operation.requestBody ? ["400", "413", "415"] : []),
      ...((operation.parameters ?? []).some((one) => one.name === "If-Match" && one.required) ? ["412", "428"] : []),
      ...(takes("header", "If-None-Match") ? ["304"] : []),
    ];
    for (const status of new Set(wanted)) {
      if (!operation.responses[status])
        faults.push({ message: `${status} is not listed.`, path: [...at, "responses"] });
    }
  }
  return faults;
}

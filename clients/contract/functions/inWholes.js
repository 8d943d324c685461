import { operations, parts } from "./schemas.js";

/** Objects with members stand in components, and nowhere within another schema. Looks at the document as it is written. */
export default function inWholes(_resolved, _options, { document }) {
  const contract = document.data;
  const faults = [];
  const within = (schema, at) => {
    if (!schema || typeof schema !== "object" || "$ref" in schema) return;
    if (schema.properties) faults.push({ message: "An object without a name.", path: at });
    for (const [path, part] of parts(schema)) within(part, [...at, ...path]);
  };
  for (const [name, schema] of Object.entries(contract.components.schemas)) {
    for (const [path, part] of parts(schema)) within(part, ["components", "schemas", name, ...path]);
  }
  for (const { operation, at } of operations(contract)) {
    const contents = { requestBody: operation.requestBody, ...operation.responses };
    for (const [holder, { content } = {}] of Object.entries(contents)) {
      const place = holder === "requestBody" ? [...at, holder] : [...at, "responses", holder];
      for (const [type, media] of Object.entries(content ?? {}))
        within(media.schema, [...place, "content", type, "schema"]);
    }
  }
  return faults;
}

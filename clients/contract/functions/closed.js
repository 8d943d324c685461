import { walk } from "./schemas.js";

/** Objects that name their members take no others. */
export default function closed(body, _options, { path }) {
  const faults = [];
  for (const [type, media] of Object.entries(body.content)) {
    walk(media.schema, [...path, "content", type, "schema"], (schema, at) => {
      const open = schema.additionalProperties !== false && schema.unevaluatedProperties !== false;
      if (schema.properties && open) faults.push({ message: "An object that takes unknown members.", path: at });
    });
  }
  return faults;
}

// What the rules have in common: walking through the schemas of a contract.

const METHODS = ["get", "post", "put", "patch", "delete"];

/** Every operation, with its path in the document. */
export function* operations(contract) {
  for (const [path, item] of Object.entries(contract.paths ?? {})) {
    for (const method of METHODS) {
      if (item[method]) yield { path, method, operation: item[method], at: ["paths", path, method] };
    }
  }
}

/** The parts of a schema that are schemas themselves, each with its path from here. */
export function* parts(schema) {
  for (const word of ["properties", "$defs"]) {
    for (const [name, part] of Object.entries(schema[word] ?? {})) yield [[word, name], part];
  }
  for (const word of ["items", "additionalProperties", "contentSchema"]) {
    if (schema[word] && typeof schema[word] === "object") yield [[word], schema[word]];
  }
  for (const word of ["oneOf", "anyOf", "allOf", "prefixItems"]) {
    for (const [at, part] of (schema[word] ?? []).entries()) yield [[word, at], part];
  }
}

/** Calls `see` for a schema and all in it, each once. References must have been resolved, and may lead in a circle. */
export function walk(schema, at, see, seen = new Set()) {
  if (!schema || typeof schema !== "object" || seen.has(schema)) return;
  seen.add(schema);
  see(schema, at);
  for (const [path, part] of parts(schema)) walk(part, [...at, ...path], see, seen);
}

/** Whether a schema lets a value of this type through. */
export function allows(schema, type) {
  return [schema.type].flat().includes(type);
}

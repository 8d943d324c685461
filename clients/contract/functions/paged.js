import { operations } from "./schemas.js";

/**
 * Lists are pages, and pages all alike, but for the operations in `except`. With `plural`: what answers with a page is
 * called by a plural noun in its path, or by a noun in `except`.
 */
export default function paged(contract, { plural, except }) {
  const faults = [];
  for (const { path, method, operation, at } of operations(contract)) {
    const answer = operation.responses?.["200"];
    const page = answer?.content?.["application/json"]?.schema;
    const fault = (message, ...rest) => faults.push({ message, path: [...at, ...rest] });
    const takes = (name) => (operation.parameters ?? []).some((one) => one.in === "query" && one.name === name);
    const isPage = Boolean(page?.properties?.nextCursor);
    if (plural) {
      const noun = path.split("/").pop();
      const called = noun.endsWith("s") || except.some((one) => noun === one || noun.endsWith(`-${one}`));
      if (isPage && !called) fault(`${noun} holds a list and is no plural.`);
      continue;
    }
    if (!isPage) {
      const listed = takes("cursor") || operation.operationId?.startsWith("list");
      if (listed && !except.includes(operation.operationId))
        fault("A list that does not answer with a page.", "responses", "200");
      continue;
    }
    const { items } = page.properties;
    if (method !== "get") fault("A list is read with GET.");
    if (!takes("limit") || !takes("cursor")) fault("A list takes limit and cursor.", "parameters");
    if (!answer.headers?.Link) fault("A list names its next page in Link.", "responses", "200", "headers");
    if (!(items?.maxItems <= 200)) fault("A page has at most 200 items.", "responses", "200");
    if (!["items", "nextCursor"].every((name) => page.required?.includes(name)))
      fault("A page always has items and nextCursor.", "responses", "200");
  }
  return faults;
}

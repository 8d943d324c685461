import { newId } from "../ids.js";
import { OutboxError } from "./error.js";
import type { Kept, KeptEntry, Members, Outcome } from "./kept.js";
import type { Create, Said, Update, Withdraw } from "./kinds.js";
import { dependsOn } from "./plan.js";

/** Makes of a conflict the patch to send. */
export type Merge = (conflict: { base: Members; mine: Members; stored: object }) => object;

const WAITING: Outcome = { is: "waiting" };

/** An entry that creates a record. What happened is dated now, not when there is a connection. */
export function creation({ type, body, confirmWarnings, ...parent }: Create): KeptEntry {
  const queuedAt = new Date().toISOString();
  const recordId = body.id ?? newId();
  const happened = type === "pseudonym" ? {} : { happenedAt: (body as Members)["happenedAt"] ?? queuedAt };
  return {
    id: newId(),
    action: "create",
    type,
    recordId,
    parent,
    body: { ...body, ...happened, id: recordId },
    base: null,
    ifMatch: null,
    queuedAt,
    ...said(confirmWarnings),
    outcome: WAITING,
  };
}

/** An entry that changes or withdraws a record. */
export function change(
  action: "update" | "withdraw",
  { type, base, body, confirmWarnings }: Update | Withdraw,
): KeptEntry {
  const queuedAt = new Date().toISOString();
  const given: Members = { ...body };
  const dated = { ...given, id: given["id"] ?? newId(), happenedAt: given["happenedAt"] ?? queuedAt };
  return {
    id: newId(),
    action,
    type,
    recordId: base.id,
    parent: {},
    body: action === "withdraw" ? dated : given,
    base,
    ifMatch: base.version ?? null,
    queuedAt,
    ...said(confirmWarnings),
    outcome: WAITING,
  };
}

/** Nothing where nothing was confirmed: what is sent then is what was sent before there was anything to confirm. */
function said(confirmWarnings: boolean | undefined): Said {
  return confirmWarnings === true ? { confirmWarnings } : {};
}

/** Puts an entry behind the others. One that follows others of its record is made to the version that comes of those. */
export function put(kept: Kept, entry: KeptEntry): Kept {
  const follows = kept.entries.some((earlier) => earlier.recordId === entry.recordId);
  if (entry.action !== "create" && entry.ifMatch === null && !follows) {
    throw new OutboxError("no_version", "The base of a change needs its version.");
  }
  return { ...kept, entries: [...kept.entries, follows ? { ...entry, ifMatch: null } : entry] };
}

export function takeMine(kept: Kept, entryId: string, merge: Merge | undefined): Kept {
  const [entry, { stored }] = inConflict(kept, entryId);
  const base: Members = { ...stored };
  const body: Members =
    merge && entry.action === "update"
      ? { ...merge({ base: entry.base ?? {}, mine: entry.body, stored }) }
      : entry.body;
  return replace(kept, { ...entry, base, body, ifMatch: stored.version, outcome: WAITING });
}

export function takeStored(kept: Kept, entryId: string): Kept {
  const [entry, { stored }] = inConflict(kept, entryId);
  return without(kept, [entry], stored.version);
}

export function retry(kept: Kept, entryId: string, body: object | undefined, { confirmWarnings }: Said = {}): Kept {
  const entry = find(kept, entryId);
  if (entry.outcome.is !== "refused") {
    throw new OutboxError("not_so", "It was not refused.");
  }
  // Under the same id it is the same record, or the same withdrawal, whatever came of the earlier sending.
  const { id } = entry.body as { id?: unknown };
  const again: Members = body === undefined ? entry.body : { ...body, ...(id !== undefined && { id }) };
  return replace(kept, { ...entry, body: again, ...said(confirmWarnings), outcome: WAITING });
}

export function discard(kept: Kept, entryId: string): Kept {
  const entry = find(kept, entryId);
  if (kept.batch?.entryIds.includes(entryId)) {
    throw new OutboxError("sending", "It was sent, and may have been carried out.");
  }
  const dropped = [entry];
  if (entry.action === "create") {
    const later = kept.entries.slice(kept.entries.indexOf(entry) + 1);
    for (const other of later) {
      if (dropped.some((earlier) => dependsOn(other, earlier))) {
        dropped.push(other);
      }
    }
  }
  return without(kept, dropped, entry.ifMatch);
}

/** Takes entries out. What follows of the same record is made to this version then. */
function without(kept: Kept, dropped: readonly KeptEntry[], version: number | null): Kept {
  const recordId = dropped[0]?.recordId;
  const left = kept.entries.filter((entry) => !dropped.includes(entry));
  const next = left.find((entry) => entry.recordId === recordId && entry.ifMatch === null && entry.action !== "create");
  const earlier = left.find((entry) => entry.recordId === recordId);
  const entries =
    next && next === earlier ? left.map((entry) => (entry === next ? { ...next, ifMatch: version } : entry)) : left;
  return { ...kept, entries };
}

function inConflict(kept: Kept, entryId: string): [KeptEntry, Extract<Outcome, { is: "conflict" }>] {
  const entry = find(kept, entryId);
  if (entry.outcome.is !== "conflict") {
    throw new OutboxError("not_so", "It is not in conflict.");
  }
  return [entry, entry.outcome];
}

function find(kept: Kept, entryId: string): KeptEntry {
  const entry = kept.entries.find(({ id }) => id === entryId);
  if (entry === undefined) {
    throw new OutboxError("not_found", "There is no such entry in the outbox.");
  }
  return entry;
}

function replace(kept: Kept, entry: KeptEntry): Kept {
  return { ...kept, entries: kept.entries.map((other) => (other.id === entry.id ? entry : other)) };
}

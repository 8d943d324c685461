import type { BatchItem, Kept, KeptBatch, KeptEntry } from "./kept.js";

/** How large a batch may be. */
export interface BatchLimits {
  /** At most 1,000. */
  readonly items: number;
  /** Characters of JSON, about; an item that is longer goes alone. */
  readonly length: number;
}

/** What has to come first before an entry can be sent; none where it can be sent now. */
export function heldBy(kept: Kept): Map<string, KeptEntry> {
  const held = new Map<string, KeptEntry>();
  const inTheWay: KeptEntry[] = [];
  for (const entry of kept.entries) {
    const cause = inTheWay.find((earlier) => dependsOn(entry, earlier));
    if (entry.outcome.is !== "waiting") {
      inTheWay.push(entry);
    } else if (cause) {
      held.set(entry.id, cause);
      inTheWay.push(entry);
    }
  }
  return held;
}

/**
 * The next batch, in the order in which things were put in; null where nothing can be sent. It ends before an entry whose
 * version only the answer tells, and passes over what waits for somebody's decision.
 */
export function nextBatch(kept: Kept, limits: BatchLimits, id: string): KeptBatch | null {
  const held = heldBy(kept);
  const entryIds: string[] = [];
  const items: BatchItem[] = [];
  const records = new Set<string>();
  let length = 0;
  for (const entry of kept.entries) {
    if (entry.outcome.is !== "waiting" || held.has(entry.id)) {
      continue;
    }
    const item = itemOf(entry);
    length += JSON.stringify(item).length;
    const full = items.length >= limits.items || (items.length > 0 && length > limits.length);
    if (full || records.has(entry.recordId)) {
      break;
    }
    records.add(entry.recordId);
    entryIds.push(entry.id);
    items.push(item);
  }
  return items.length > 0 ? { id, entryIds, items } : null;
}

function itemOf({ action, type, parent, recordId, ifMatch, body, confirmWarnings }: KeptEntry): BatchItem {
  const confirmed = confirmWarnings === true ? { confirmWarnings } : {};
  // The types of what was put in have said that the body is one of the kind.
  const head = { action, type, ...confirmed, body: body as BatchItem["body"] };
  if (action === "create") {
    return { ...head, ...parent };
  }
  return ifMatch === null ? { ...head, id: recordId } : { ...head, id: recordId, ifMatch };
}

/**
 * Whether a later entry makes sense only once an earlier one is carried out: both change one record, or the later one
 * refers to what the earlier one creates.
 */
export function dependsOn(later: KeptEntry, earlier: KeptEntry): boolean {
  if (later.recordId === earlier.recordId) {
    return true;
  }
  return earlier.action === "create" && (names(later.parent, earlier.recordId) || names(later.body, earlier.recordId));
}

function names(value: unknown, id: string): boolean {
  if (typeof value === "string") {
    return value.toLowerCase() === id.toLowerCase();
  }
  return typeof value === "object" && value !== null && Object.values(value).some((part) => names(part, id));
}

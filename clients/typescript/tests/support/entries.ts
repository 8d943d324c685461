import type { KeptEntry } from "../../src/index.js";
import { newId } from "../../src/index.js";

/** Something kept in an outbox: an observation to be created, where nothing else is said. */
export function entry(members: Partial<KeptEntry> = {}): KeptEntry {
  const recordId = members.recordId ?? newId();
  return {
    id: newId(),
    action: "create",
    type: "observation",
    recordId,
    parent: { cycleId: "0198c0de-0000-7000-8000-000000000001" },
    body: { id: recordId, body: "De deur stond open.", perspective: "citizen" },
    base: null,
    ifMatch: null,
    queuedAt: "2026-03-01T09:00:00.000Z",
    outcome: { is: "waiting" },
    ...members,
  };
}

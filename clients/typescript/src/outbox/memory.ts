import { newId } from "../ids.js";
import type { Kept, OutboxStore } from "./kept.js";
import { NOTHING } from "./kept.js";

/** Keeps an outbox in memory: gone with the program. */
export function memoryStore(): OutboxStore {
  let kept: Kept = NOTHING;
  return {
    name: `memory:${newId()}`,
    read: () => Promise.resolve(kept),
    update: async (change) => {
      kept = change(kept);
      return kept;
    },
    close: () => Promise.resolve(),
  };
}

import type { DBSchema, IDBPDatabase } from "idb";
import { openDB } from "idb";
import type { Kept, KeptBatch, KeptEntry, OutboxStore } from "./kept.js";
import { NOTHING } from "./kept.js";

interface Database extends DBSchema {
  entries: { key: string; value: KeptEntry };
  head: { key: "head"; value: Head };
}

/** What is kept besides the entries themselves. */
interface Head {
  readonly owner: string | null;
  /** The ids of the entries, in their order. */
  readonly order: readonly string[];
  readonly batch: KeptBatch | null;
}

/**
 * Keeps an outbox in IndexedDB, where all tabs of the origin see it. Give each person one of their own by its name, such as
 * `outbox-${personId}`.
 */
export function indexedDbStore(name: string): OutboxStore {
  let opening: Promise<IDBPDatabase<Database>> | null = null;
  const database = (): Promise<IDBPDatabase<Database>> => {
    const forget = (): void => {
      opening = null;
    };
    opening ??= open(name, forget).catch((error: unknown) => {
      forget();
      throw error;
    });
    return opening;
  };
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(`feedbacklus:${name}`);
  return {
    name: `indexeddb:${name}`,
    read: async () => {
      const transaction = (await database()).transaction(["entries", "head"], "readonly");
      const [head, entries] = await Promise.all([
        transaction.objectStore("head").get("head"),
        transaction.objectStore("entries").getAll(),
      ]);
      return keptOf(head, entries);
    },
    update: async (change) => {
      const { before, after } = await rewrite(await database(), change);
      if (after !== before) {
        channel?.postMessage("changed");
      }
      return after;
    },
    watch: (listener) => {
      channel?.addEventListener("message", listener);
      return () => channel?.removeEventListener("message", listener);
    },
    close: async () => {
      channel?.close();
      (await opening)?.close();
      opening = null;
    },
  };
}

function open(name: string, forget: () => void): Promise<IDBPDatabase<Database>> {
  return openDB<Database>(name, 1, {
    upgrade: (database) => {
      database.createObjectStore("entries");
      database.createObjectStore("head");
    },
    // A tab with a newer version of the app, or one that deletes the database, must not wait for this one.
    blocking: (_current, _next, event) => {
      (event.target as IDBDatabase).close();
      forget();
    },
    terminated: forget,
  });
}

/** In one transaction, which other tabs wait for. */
async function rewrite(
  database: IDBPDatabase<Database>,
  change: (kept: Kept) => Kept,
): Promise<{ before: Kept; after: Kept }> {
  const transaction = database.transaction(["entries", "head"], "readwrite", { durability: "strict" });
  const done = transaction.done;
  const head = transaction.objectStore("head");
  const entries = transaction.objectStore("entries");
  try {
    const before = keptOf(...(await Promise.all([head.get("head"), entries.getAll()])));
    const after = change(before);
    if (after === before) {
      await done;
      return { before, after };
    }
    const known = new Set(before.entries);
    const left = new Set(after.entries.map((entry) => entry.id));
    const { owner, batch } = after;
    await Promise.all([
      ...after.entries.filter((entry) => !known.has(entry)).map((entry) => entries.put(entry, entry.id)),
      ...before.entries.filter((entry) => !left.has(entry.id)).map((entry) => entries.delete(entry.id)),
      head.put({ owner, order: after.entries.map((entry) => entry.id), batch }, "head"),
    ]);
    await done;
    return { before, after };
  } catch (error) {
    done.catch(() => {});
    try {
      transaction.abort();
    } catch {
      // It is over already.
    }
    throw error;
  }
}

function keptOf(head: Head | undefined, entries: readonly KeptEntry[]): Kept {
  if (head === undefined) {
    return NOTHING;
  }
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const inOrder = head.order.map((id) => byId.get(id)).filter((entry) => entry !== undefined);
  return { owner: head.owner, entries: inOrder, batch: head.batch };
}

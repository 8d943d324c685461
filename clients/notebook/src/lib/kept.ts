/**
 * What this device keeps of what was read, so that the app opens without a connection: who is signed in, the names of
 * cycles and people, the figures of the loop, the prompts. The texts of others are not kept.
 */
import type { DBSchema, IDBPDatabase } from "idb";
import { deleteDB, openDB } from "idb";

const NAME = "notebook";
const WHO = "notebook.who";
const TO_REVOKE = "notebook.to-revoke";

export interface Who {
  readonly personId: string;
  readonly displayName: string;
}

export interface Kept {
  readonly value: unknown;
  /** When it was read from the server. */
  readonly at: string;
}

interface Database extends DBSchema {
  reads: { key: string; value: Kept };
}

let opening: Promise<IDBPDatabase<Database>> | null = null;

function database(): Promise<IDBPDatabase<Database>> {
  const forget = (): void => {
    opening = null;
  };
  opening ??= openDB<Database>(NAME, 1, {
    upgrade: (fresh) => void fresh.createObjectStore("reads"),
    // Another tab that wipes must not wait for this one.
    blocking: (_current, _next, event) => {
      (event.target as IDBDatabase).close();
      forget();
    },
    terminated: forget,
  });
  return opening;
}

export async function readKept(key: string): Promise<Kept | undefined> {
  return (await database()).get("reads", key);
}

export async function keep(key: string, value: unknown): Promise<void> {
  await (await database()).put("reads", { value, at: new Date().toISOString() }, key);
}

export async function listKept(): Promise<{ key: string; at: string }[]> {
  const transaction = (await database()).transaction("reads");
  const [keys, values] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()]);
  return keys.map((key, index) => ({ key, at: values[index]?.at ?? "" }));
}

export async function wipeReads(): Promise<void> {
  (await opening)?.close();
  opening = null;
  await deleteDB(NAME);
}

/** Wipes all that was kept of a person, in every place there is. The app itself, which is nobody's, stays. */
export async function wipeAll(personId: string): Promise<void> {
  localStorage.removeItem(WHO);
  localStorage.removeItem(lastCycleKey);
  sessionStorage.clear();
  await Promise.all([wipeReads(), deleteDB(outboxName(personId))]);
}

export function outboxName(personId: string): string {
  return `outbox-${personId}`;
}

export function rememberedWho(): Who | null {
  const text = localStorage.getItem(WHO);
  return text === null ? null : (JSON.parse(text) as Who);
}

export function rememberWho(who: Who): void {
  localStorage.setItem(WHO, JSON.stringify(who));
}

/** Somebody signed out without a connection: the server is still to be told. */
export const signOutOwed = {
  get: (): boolean => localStorage.getItem(TO_REVOKE) !== null,
  set: (owed: boolean): void => (owed ? localStorage.setItem(TO_REVOKE, "1") : localStorage.removeItem(TO_REVOKE)),
};

const lastCycleKey = "notebook.last-cycle";

/** The cycle that was last written in. */
export const lastCycle = {
  get: (): string | null => localStorage.getItem(lastCycleKey),
  set: (cycleId: string): void => localStorage.setItem(lastCycleKey, cycleId),
};

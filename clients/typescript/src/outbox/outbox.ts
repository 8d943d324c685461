import type { Client } from "../client.js";
import type { UpdateConflict } from "../conflict.js";
import { Listeners } from "../listeners.js";
import { exclusively } from "../locks.js";
import { ProblemError } from "../problem.js";
import { NetworkError } from "../transport.js";
import { backoff } from "../wait.js";
import * as edit from "./edit.js";
import type { EntryRef, OutboxEntry } from "./entry.js";
import { idOf, shown } from "./entry.js";
import { OutboxError } from "./error.js";
import type { Kept, KeptEntry, OutboxStore } from "./kept.js";
import { NOTHING } from "./kept.js";
import type { Create, KindName, Kinds, Said, UpdatableKind, Update, Withdraw, WithdrawableKind } from "./kinds.js";
import type { BatchLimits } from "./plan.js";
import { sendAll } from "./send.js";
import type { Delivered } from "./settle.js";
import { Wake } from "./wake.js";

export interface OutboxOptions {
  readonly client: Client;
  /** The id of the person whose it is. What one person put in is never sent as another. */
  readonly owner: string;
  readonly store: OutboxStore;
  /** How many entries go in one batch at most: 1 to 1,000, by default 200. */
  readonly batchSize?: number;
}

const BATCH_SIZE = 200;
/** Characters of JSON in a batch; the server takes 16 MiB. */
const BATCH_LENGTH = 2_000_000;
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;

/** Opens the outbox that a store keeps. Fails with `other_owner` where it keeps something of somebody else. */
export async function openOutbox(options: OutboxOptions): Promise<Outbox> {
  const outbox = new Outbox(options);
  await outbox.list();
  return outbox;
}

/**
 * What a person did and the server does not know of yet. It is kept where it lasts, sent in batches in the order in which
 * it was put in, and taken out once the server said that it is done. Nothing is lost or done twice by sending again, by
 * an answer that got lost, or by a crash.
 */
export class Outbox {
  readonly owner: string;
  readonly #client: Client;
  readonly #store: OutboxStore;
  readonly #limits: BatchLimits;
  readonly #wake = new Wake();
  readonly #listeners = new Listeners<readonly OutboxEntry[]>();
  readonly #deliveries = new Listeners<Delivered>();
  readonly #unwatch: () => void;
  #entries: readonly OutboxEntry[] = [];

  constructor({ client, owner, store, batchSize = BATCH_SIZE }: OutboxOptions) {
    if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > 1_000) {
      throw new RangeError("batchSize must be 1 to 1,000.");
    }
    this.owner = owner;
    this.#client = client;
    this.#store = store;
    this.#limits = { items: batchSize, length: BATCH_LENGTH };
    const unwatch = store.watch?.(() => {
      this.#wake.up();
      void this.list().catch(() => {}); // Whoever reads it is told.
    });
    this.#unwatch = unwatch ?? (() => {});
  }

  /** What was last seen to be kept; the same list until something changes. */
  get entries(): readonly OutboxEntry[] {
    return this.#entries;
  }

  /** What is kept, in order. */
  async list(): Promise<readonly OutboxEntry[]> {
    this.#show(mine(await this.#store.read(), this.owner));
    return this.#entries;
  }

  /** Calls the listener with what is kept whenever that changes, in another tab, too. Returns how to end that. */
  subscribe(listener: (entries: readonly OutboxEntry[]) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Calls the listener with each entry that this outbox object got done. Returns how to end that. */
  onDelivered(listener: (delivered: Delivered) => void): () => void {
    return this.#deliveries.add(listener);
  }

  /** Puts in a record to be created. It has its id, and the time at which it happened, from now on. */
  create<K extends KindName>(create: Create<K> & { type: K }): Promise<OutboxEntry<K>> {
    return this.#put(edit.creation(create as Create));
  }

  /** Puts in a change, made to the record as it was shown (`base`). */
  update<K extends UpdatableKind>(update: Update<K> & { type: K }): Promise<OutboxEntry<K>> {
    return this.#put(edit.change("update", update as Update));
  }

  /** Puts in that a record is to be withdrawn, with the reason. */
  withdraw<K extends WithdrawableKind>(withdraw: Withdraw<K> & { type: K }): Promise<OutboxEntry<K>> {
    return this.#put(edit.change("withdraw", withdraw as Withdraw));
  }

  /** Solves a conflict: the change is made to the record as it is stored now, as it was or as `merge` makes it. */
  async takeMine<K extends KindName>(
    entry: EntryRef<K>,
    merge?: (conflict: UpdateConflict<K>) => Kinds[K]["patch"],
  ): Promise<void> {
    await this.#change((kept) => edit.takeMine(kept, idOf(entry), merge as edit.Merge | undefined));
    this.#wake.up();
  }

  /** Solves a conflict: the record stays as it is stored, and the change is dropped. */
  async takeStored(entry: EntryRef): Promise<void> {
    await this.#change((kept) => edit.takeStored(kept, idOf(entry)));
    this.#wake.up();
  }

  /** Has what was refused sent again, as it is or with another body; its writer may have something to say of that. */
  async retry<K extends KindName>(entry: EntryRef<K>, body?: OutboxEntry<K>["body"], said?: Said): Promise<void> {
    await this.#change((kept) => edit.retry(kept, idOf(entry), body, said));
    this.#wake.up();
  }

  /** Drops an entry, and with a creation all that depends on it. Fails with `sending` where it may have been done already. */
  async discard(entry: EntryRef): Promise<void> {
    await this.#change((kept) => edit.discard(kept, idOf(entry)));
    this.#wake.up();
  }

  /** Drops all that is kept, whosever it is, and so what was never sent. */
  async wipe(): Promise<void> {
    this.#show(await this.#store.update(() => NOTHING));
  }

  /**
   * Sends what can be sent, and stops when nothing is left that can be. While one sends, in any tab, others wait for it.
   * A `NetworkError` leaves everything as it is, for a later try.
   */
  async send({ signal }: { signal?: AbortSignal } = {}): Promise<void> {
    const update = (change: (kept: Kept) => Kept): Promise<Kept> => this.#change(change);
    const deliver = (delivered: Delivered): void => this.#deliveries.tell(delivered);
    const lock = `feedbacklus-outbox:${this.#store.name}`;
    await exclusively(lock, () => sendAll(this.#client, this.#limits, { update, deliver }, signal), signal);
  }

  /**
   * Sends whatever is put in, as soon as there is a connection, until the signal is aborted. Rejects with what no patience
   * mends, such as a `SignedOutError`: sign in, and call it again.
   */
  async keepSending({ signal }: { signal: AbortSignal }): Promise<void> {
    const up = (): void => this.#wake.up();
    globalThis.addEventListener?.("online", up);
    try {
      for (let failures = 0; !signal.aborted; ) {
        const waking = this.#wake.next();
        try {
          await this.send({ signal });
          failures = 0;
        } catch (error) {
          if (signal.aborted) {
            return;
          }
          if (!isPassing(error)) {
            throw error;
          }
          failures += 1;
        }
        await waking(signal, failures === 0 ? null : backoff(failures, FIRST_PAUSE, LONGEST_PAUSE));
      }
    } finally {
      globalThis.removeEventListener?.("online", up);
    }
  }

  /** Lets go of the store. What is kept stays. */
  async close(): Promise<void> {
    this.#unwatch();
    await this.#store.close();
  }

  async #put<K extends KindName>(entry: KeptEntry): Promise<OutboxEntry<K>> {
    const kept = await this.#change((kept) => edit.put(kept, entry));
    this.#wake.up();
    return shown(kept).find(({ id }) => id === entry.id) as OutboxEntry<K>;
  }

  async #change(change: (kept: Kept) => Kept): Promise<Kept> {
    let before: Kept | null = null;
    const after = await this.#store.update((kept) => {
      before = kept;
      const changed = change(mine(kept, this.owner));
      return changed === kept ? kept : { ...changed, owner: this.owner };
    });
    if (after !== before) {
      this.#show(after);
    }
    return after;
  }

  #show(kept: Kept): void {
    this.#entries = shown(kept);
    this.#listeners.tell(this.#entries);
  }
}

function mine(kept: Kept, owner: string): Kept {
  if (kept.owner !== null && kept.owner !== owner && kept.entries.length > 0) {
    throw new OutboxError("other_owner", "This outbox keeps what somebody else put in.");
  }
  return kept;
}

/** Whether to try again later. */
function isPassing(error: unknown): boolean {
  return (
    error instanceof NetworkError || (error instanceof ProblemError && (error.status === 429 || error.status >= 500))
  );
}

import type { ProblemDetails } from "../problem.js";
import type { components } from "../schema.js";
import type { KindName, StoredRecord } from "./kinds.js";

export type BatchItem = components["schemas"]["BatchItem"];
export type BatchItemResult = components["schemas"]["BatchItemResult"];

/** A body, or a record as it was shown, where its kind is of no matter. */
export type Members = Readonly<Record<string, unknown>>;

/** What came of an entry up to now. */
export type Outcome =
  | { readonly is: "waiting" }
  /** The server will not take it as it is. */
  | { readonly is: "refused"; readonly problem: ProblemDetails }
  /** Somebody else changed the record meanwhile. */
  | { readonly is: "conflict"; readonly problem: ProblemDetails; readonly stored: StoredRecord };

export interface KeptEntry {
  readonly id: string;
  readonly action: "create" | "update" | "withdraw";
  readonly type: KindName;
  readonly recordId: string;
  /** What a record is created in, such as `{cycleId}`. */
  readonly parent: Readonly<Record<string, string>>;
  readonly body: Members;
  /** The record as the change was made to it; null of a creation. */
  readonly base: Members | null;
  /** The version that the change was made to; null of a creation, and until the entry before it of the same record is stored. */
  readonly ifMatch: number | null;
  readonly queuedAt: string;
  /** What may tell in its texts who somebody is was looked at, and may stand. */
  readonly confirmWarnings?: boolean;
  readonly outcome: Outcome;
}

/** A batch that was, or is to be, sent: the same content under the same id until its answer was stored. */
export interface KeptBatch {
  readonly id: string;
  readonly entryIds: readonly string[];
  readonly items: readonly BatchItem[];
}

/** All that an outbox keeps. It is changed as a whole: what did not change stays the same object. */
export interface Kept {
  /** Whose it is; null until something is kept. */
  readonly owner: string | null;
  /** In the order in which they were put in. */
  readonly entries: readonly KeptEntry[];
  readonly batch: KeptBatch | null;
}

export const NOTHING: Kept = { owner: null, entries: [], batch: null };

/** Where an outbox is kept. */
export interface OutboxStore {
  /** Tells one store from another: what is kept in stores of the same name is the same. */
  readonly name: string;
  read(): Promise<Kept>;
  /**
   * Puts in place of what is kept what `change` makes of it. No other change comes in between, and it has been written to
   * where it lasts when the promise is fulfilled.
   */
  update(change: (kept: Kept) => Kept): Promise<Kept>;
  /** Calls the listener when another holder of the store changed it. Returns how to end that. */
  watch?(listener: () => void): () => void;
  close(): Promise<void>;
}

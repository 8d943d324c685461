import { v7 } from "uuid";

/**
 * A new id for a record, a batch or a change of state: a UUID of version 7, whose order is that of its making.
 *
 * The id of a record is the idempotency key of its creation. Choose it before the first sending and a repetition changes
 * nothing.
 */
export function newId(): string {
  return v7();
}

/** The `If-Match` header that names a version of a record. */
export function ifMatch(version: number): string {
  return `"${version}"`;
}

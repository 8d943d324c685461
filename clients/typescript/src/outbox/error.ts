/** Why an outbox does not do what is asked. */
export type OutboxErrorCode =
  /** It keeps what somebody else put in. */
  | "other_owner"
  /** There is no such entry: it was done, or discarded. */
  | "not_found"
  /** It was sent, and may have been carried out: wait for the answer. */
  | "sending"
  /** It is not in conflict, or was not refused. */
  | "not_so"
  /** The version of the record that was changed is not known. */
  | "no_version";

export class OutboxError extends Error {
  override readonly name = "OutboxError";
  readonly code: OutboxErrorCode;

  constructor(code: OutboxErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

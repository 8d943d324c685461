export type { Change, Changes, ChangesOptions } from "./changes.js";
export type { Answer, Client, ClientOptions, Schemas, Send } from "./client.js";
export { createClient } from "./client.js";
export type { Clash, Conflict, UpdateConflict } from "./conflict.js";
export { clashes, remaining } from "./conflict.js";
export type { Credential } from "./credential.js";
export { apiKey, SignedOutError } from "./credential.js";
export { ifMatch, newId } from "./ids.js";
export type { EntryRef, EntryStatus, OutboxEntry } from "./outbox/entry.js";
export type { OutboxErrorCode } from "./outbox/error.js";
export { OutboxError } from "./outbox/error.js";
export type { Kept, KeptBatch, KeptEntry, OutboxStore } from "./outbox/kept.js";
export type {
  Base,
  Create,
  KindName,
  Kinds,
  Said,
  UpdatableKind,
  Update,
  Withdraw,
  WithdrawableKind,
} from "./outbox/kinds.js";
export { memoryStore } from "./outbox/memory.js";
export type { OutboxOptions } from "./outbox/outbox.js";
export { Outbox, openOutbox } from "./outbox/outbox.js";
export type { Delivered } from "./outbox/settle.js";
export type { List, ListInit, ListItem, ListPath, Page } from "./pages.js";
export type { Fault, Problem, ProblemDetails } from "./problem.js";
export { GoneError, ProblemError, VersionMismatchError } from "./problem.js";
export type { RefreshTokens, TokenStore, Tokens } from "./refresh-tokens.js";
export { cookieRefreshToken, heldRefreshToken, memoryTokenStore } from "./refresh-tokens.js";
export type { components, operations, paths } from "./schema.js";
export type { Invitation, SessionOptions, SessionState } from "./session.js";
export { Session } from "./session.js";
export type { Fetch, RetryPolicy } from "./transport.js";
export { NetworkError } from "./transport.js";

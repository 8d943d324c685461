import type { components } from "../schema.js";

type Schemas = components["schemas"];

/** A kind of record that batches take: what creates it, what changes it, what it is, and in what it is created. */
interface Kind<Create, Patch, Stored, Parent> {
  create: Create;
  patch: Patch;
  record: Stored;
  parent: Parent;
}

/** The kinds of records that an outbox takes. Those without a patch are not changed, only withdrawn. */
export interface Kinds {
  pseudonym: Kind<Schemas["PseudonymCreate"], Schemas["PseudonymPatch"], Schemas["Pseudonym"], { networkId: string }>;
  question: Kind<Schemas["QuestionCreate"], Schemas["QuestionPatch"], Schemas["Question"], { cycleId: string }>;
  observation: Kind<
    Schemas["ObservationCreate"],
    Schemas["ObservationPatch"],
    Schemas["Observation"],
    { cycleId: string } | { networkId: string }
  >;
  reflection: Kind<Schemas["ReflectionCreate"], Schemas["ReflectionPatch"], Schemas["Reflection"], { cycleId: string }>;
  action: Kind<Schemas["ActionCreate"], Schemas["ActionPatch"], Schemas["Action"], { cycleId: string }>;
  evaluation: Kind<Schemas["EvaluationCreate"], never, Schemas["Evaluation"], { actionId: string }>;
  return: Kind<Schemas["ReturnCreate"], never, Schemas["Return"], { questionId: string }>;
}

export type KindName = Schemas["BatchItemType"] & keyof Kinds;
export type UpdatableKind = Exclude<KindName, "evaluation" | "return">;
/** Pseudonyms are not withdrawn. */
export type WithdrawableKind = Exclude<KindName, "pseudonym">;

/** A record of one of the kinds. */
export type StoredRecord = Kinds[KindName]["record"];

/**
 * The record that a change was made to, as it was shown. Of one that still waits in the outbox, and so has no version yet,
 * its id is enough.
 */
export type Base<K extends KindName = KindName> = { [N in K]: Partial<Kinds[N]["record"]> & { id: string } }[K];

/** What somebody says of the texts that they write. */
export interface Said {
  /**
   * The writer looked at what may tell in them who somebody is, such as what `POST /v1/privacy-checks` finds, and says that it may
   * stand. What is refused stays refused.
   */
  confirmWarnings?: boolean;
}

/** A record to be created: its kind, what it is created in, and its body, whose id is chosen here where it has none. */
export type Create<K extends KindName = KindName> = {
  [N in K]: { type: N; body: Kinds[N]["create"] } & Kinds[N]["parent"] & Said;
}[K];

/** A record to be changed by the members of the body; null takes one out. */
export type Update<K extends UpdatableKind = UpdatableKind> = {
  [N in K]: { type: N; base: Base<N>; body: Kinds[N]["patch"] } & Said;
}[K];

/** A record to be withdrawn. */
export type Withdraw<K extends WithdrawableKind = WithdrawableKind> = {
  [N in K]: { type: N; base: Base<N>; body: Schemas["BatchWithdrawal"] } & Said;
}[K];

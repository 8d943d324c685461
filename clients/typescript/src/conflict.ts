import type { KindName, Kinds } from "./outbox/kinds.js";
import type { components } from "./schema.js";

/** A change that was made to a record which somebody else changed meanwhile. */
export interface Conflict<K extends KindName = KindName> {
  /** The record as the change was made to it, as far as it was given. */
  readonly base: Partial<Kinds[K]["record"]>;
  /** What was to be changed: the members of a patch, or the reason of a withdrawal. */
  readonly mine: Kinds[K]["patch"] | components["schemas"]["BatchWithdrawal"];
  /** The record as it is now. */
  readonly stored: Kinds[K]["record"];
}

/** A conflict of two changes, rather than of a change and a withdrawal. */
export interface UpdateConflict<K extends KindName = KindName> extends Conflict<K> {
  readonly mine: Kinds[K]["patch"];
}

type Members = Readonly<Record<string, unknown>>;

/** A member that both sides changed, each in its own way. */
export interface Clash {
  readonly member: string;
  readonly base: unknown;
  readonly mine: unknown;
  readonly stored: unknown;
}

/** The members that both sides changed: what a person has to decide on. None means that both changes can stand. */
export function clashes(conflict: { base: object; mine: object; stored: object }): Clash[] {
  const base = conflict.base as Members;
  const stored = conflict.stored as Members;
  return Object.entries(remaining(conflict.mine, stored))
    .filter(([member]) => !equal(stored[member], base[member]))
    .map(([member, mine]) => ({ member, base: base[member], mine, stored: stored[member] }));
}

/** The members of a patch that would still change the record. */
export function remaining(mine: object, stored: object): Members {
  const now = stored as Members;
  return Object.fromEntries(Object.entries(mine).filter(([member, value]) => !equal(value, now[member])));
}

/** Whether two values are the same JSON. A member that is not there is as good as null, which is how a patch takes it out. */
function equal(one: unknown, other: unknown): boolean {
  if (one === other || (one ?? null) === (other ?? null)) {
    return true;
  }
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) {
    return false;
  }
  if (Array.isArray(one) !== Array.isArray(other)) {
    return false;
  }
  const members = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...members].every((member) => equal((one as Members)[member], (other as Members)[member]));
}

/**
 * What tells who somebody is in what is being written. The server is asked before it is kept to be sent, and stores nothing
 * of the asking; what it then refuses all the same says so with its places. What stands there is copied nowhere.
 */
import type { Schemas } from "feedbacklus-client";
import { NetworkError, ProblemError, SignedOutError } from "feedbacklus-client";
import { getContext, setContext } from "svelte";
import { account } from "./account.svelte";

/** For how many milliseconds somebody who saves waits for the asking. What was not looked at here is looked at when it is sent. */
const PATIENCE = 4_000;

/** A text, and its place in the body that is sent. */
export interface Written {
  readonly pointer: string;
  readonly text: string;
}

export interface Finding {
  readonly pointer: string;
  readonly kind: Schemas["IdentifierKind"];
  /** In Unicode scalars of the text as it would be stored: trimmed, in NFC. */
  readonly offset: number;
  readonly length: number;
  readonly handling: Schemas["Handling"];
}

/** Members in which people write what they like, and lists of such. */
const TEXTS = new Set([
  "body",
  "text",
  "description",
  "rule",
  "expectedEffect",
  "seenEffect",
  "response",
  "reason",
  "assumptionBefore",
  "disruption",
  "assumptionAfter",
]);
const LISTS = new Set(["lifeDomains", "tags"]);

export function textsIn(body: object, at = ""): Written[] {
  return Object.entries(body).flatMap(([member, value]): Written[] => {
    const pointer = `${at}/${member}`;
    if (typeof value === "string") {
      return TEXTS.has(member) || LISTS.has(at.split("/").at(-1) ?? "") ? [{ pointer, text: value }] : [];
    }
    return typeof value === "object" && value !== null ? textsIn(value, pointer) : [];
  });
}

/** The body with other texts. */
export function withTexts<Body extends object>(body: Body, texts: readonly Written[]): Body {
  const copy = structuredClone(body);
  for (const { pointer, text } of texts) {
    const members = pointer.split("/").slice(1);
    const last = members.pop() ?? "";
    let part = copy as Record<string, unknown>;
    for (const member of members) {
      part = part[member] as Record<string, unknown>;
    }
    part[last] = text;
  }
  return copy;
}

/** Asks what would become of texts. Where nobody can be asked, nothing is known of them. */
export async function ask(cycleId: string | undefined, texts: readonly Written[]): Promise<Finding[]> {
  const written = texts.filter(({ text }) => text.trim() !== "");
  if (cycleId === undefined || written.length === 0 || !account.online) {
    return [];
  }
  const signal = AbortSignal.timeout(PATIENCE);
  try {
    const { data } = await account.client.POST("/v1/privacy-checks", { body: { cycleId, texts: written }, signal });
    return data.findings;
  } catch (error) {
    const unasked = error instanceof NetworkError || error instanceof ProblemError || error instanceof SignedOutError;
    if (unasked || signal.aborted) {
      return [];
    }
    throw error;
  }
}

/** What something was refused for; `at` is where its body stands in what was sent. */
export function refusedFor(error: unknown, at = ""): Finding[] {
  const errors = error instanceof ProblemError ? error.errors : [];
  return errors.flatMap(({ pointer, kind, offset, length }) =>
    kind === undefined || offset === undefined || length === undefined || !pointer.startsWith(at)
      ? []
      : [{ pointer: pointer.slice(at.length), kind, offset, length, handling: "refuse" as const }],
  );
}

/** Where something stands in a text as it is in its field. */
export function rangeIn(text: string, { offset, length }: { offset: number; length: number }): [number, number] {
  const starts: number[] = [];
  let at = text.length - text.trimStart().length;
  // Letters are composed within what people see as one character.
  for (const { segment } of new Intl.Segmenter().segment(text.trim())) {
    starts.push(...Array.from(segment.normalize("NFC"), () => at));
    at += segment.length;
  }
  return [starts[offset] ?? at, starts[offset + length] ?? at];
}

/** The line, and the word in it, at which something stands: how people find it. */
export function placeIn(text: string, finding: { offset: number; length: number }): { line: number; word: number } {
  const [start] = rangeIn(text, finding);
  const lines = text.slice(0, start).split("\n");
  const before = lines.at(-1)?.match(/\S+(?=\s)/g) ?? [];
  return { line: lines.length, word: before.length + 1 };
}

/** Something found, with the text that it was found in. */
export interface Found extends Finding {
  readonly text: string;
}

type FoundAt = (pointer: string) => readonly Found[];
const KEY = Symbol("findings");

/** Lets the fields of a form show what was found in them. */
export function tellFields(foundAt: FoundAt): void {
  setContext(KEY, foundAt);
}

/** What the form around a field tells of it. */
export function toldByForm(): FoundAt {
  return getContext<FoundAt | undefined>(KEY) ?? (() => []);
}

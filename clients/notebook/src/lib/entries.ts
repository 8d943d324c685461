/** What is kept in the outbox, as it is shown. */
import type { OutboxEntry } from "feedbacklus-client";
import type { Finding } from "./findings";
import { refusedFor } from "./findings";

/** The words that somebody wrote; of a change of something else, those of the record that it is about. */
export function textOf(entry: OutboxEntry): string {
  return wordsIn({ ...entry.body }) || wordsIn({ ...entry.base });
}

function wordsIn(body: Record<string, unknown>): string {
  const answers = Array.isArray(body["answers"]) ? (body["answers"] as { text: string }[]).map(({ text }) => text) : [];
  const parts = [body["body"], body["text"], body["description"], body["seenEffect"], body["reason"], ...answers];
  return parts.filter((part): part is string => typeof part === "string").join("\n");
}

/** What in an entry tells who somebody is, for which the server refused it; places are those in its body. */
export function foundIn(entry: OutboxEntry): Finding[] {
  return entry.status === "refused" ? refusedFor(entry.problem, "/body") : [];
}

/** What is to be created in a cycle and was not sent yet. */
export function waitingIn(entries: readonly OutboxEntry[], cycleId: string, type: OutboxEntry["type"]): OutboxEntry[] {
  return entries.filter(
    (entry) => entry.action === "create" && entry.type === type && entry.parent["cycleId"] === cycleId,
  );
}

import type { Client, Outbox } from "feedbacklus-client";
import { openOutbox } from "feedbacklus-client";
import { fileStore } from "feedbacklus-client/node";

/** Puts a question and what was seen of it into an outbox. That needs no connection. */
export async function collect(client: Client, owner: string, file: string, cycleId: string): Promise<Outbox> {
  const outbox = await openOutbox({ client, owner, store: fileStore(file) });
  const question = await outbox.create({
    type: "question",
    cycleId,
    body: { text: "How do I get to know people here?" },
  });
  await outbox.create({
    type: "observation",
    cycleId,
    body: { body: "She knew the baker only.", perspective: "citizen", questionId: question.recordId },
  });
  return outbox;
}

/** Sends what can be sent. Answers with what is left, and why. */
export async function send(outbox: Outbox): Promise<string[]> {
  await outbox.send();
  return outbox.entries.map(({ type, status, problem }) => `${type}: ${problem?.detail ?? status}`);
}

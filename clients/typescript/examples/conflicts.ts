import type { Outbox } from "feedbacklus-client";
import { clashes } from "feedbacklus-client";

/**
 * Solves the conflicts of an outbox: where each side changed something else, both changes stand; where both changed the
 * same, `keepMine` is asked.
 */
export async function solve(outbox: Outbox, keepMine: (question: string) => Promise<boolean>): Promise<void> {
  for (const entry of outbox.entries) {
    if (entry.conflict === null) {
      continue;
    }
    const questions = clashes(entry.conflict).map(
      ({ member, base, mine, stored }) => `${member} was ${base}; you made it ${mine}, and somebody else ${stored}`,
    );
    if (questions.length === 0 || (await keepMine(questions.join("; ")))) {
      await outbox.takeMine(entry);
    } else {
      await outbox.takeStored(entry);
    }
  }
  await outbox.send();
}

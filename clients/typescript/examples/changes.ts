import type { Change, Client } from "feedbacklus-client";
import { GoneError } from "feedbacklus-client";

/** What a program holds, and the position that it holds it at. Keep both together. */
export interface Held {
  position: string;
  changes: Map<string, Change>;
}

/** Follows a network until the signal is aborted. */
export async function follow(client: Client, networkId: string, held: Held, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const page of client.changes({ networkId, after: held.position, signal })) {
        for (const change of page.items) {
          if (change.tombstone === null) {
            held.changes.set(change.subjectId, change);
          } else {
            held.changes.delete(change.subjectId);
          }
        }
        held.position = page.nextAfter;
      }
    } catch (error) {
      if (!(error instanceof GoneError)) {
        throw error;
      }
      // There is no going on from this position: begin anew, and read the lists after this.
      held.position = await client.latestPosition({ networkId, signal });
      held.changes.clear();
    }
  }
}

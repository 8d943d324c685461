import type { Client } from "feedbacklus-client";
import { ifMatch, NetworkError, ProblemError, SignedOutError, VersionMismatchError } from "feedbacklus-client";

/** Gives a cycle another learning question, and says what came of it. */
export async function ask(client: Client, cycleId: string, version: number, learningQuestion: string): Promise<string> {
  try {
    await client.PATCH("/v1/cycles/{cycleId}", {
      params: { path: { cycleId }, header: { "If-Match": ifMatch(version) } },
      body: { learningQuestion },
    });
    return "done";
  } catch (error) {
    if (error instanceof VersionMismatchError) {
      return `somebody else changed it; it is at version ${error.storedVersion} now`;
    }
    if (error instanceof ProblemError && error.errors.length > 0) {
      return error.errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join("; ");
    }
    if (error instanceof ProblemError || error instanceof NetworkError || error instanceof SignedOutError) {
      return error.message;
    }
    throw error;
  }
}

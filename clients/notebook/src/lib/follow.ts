/** Hears from the server that something changed, so that screens are as the others see them. */
import type { Client } from "feedbacklus-client";
import { GoneError, NetworkError } from "feedbacklus-client";

/** Changes come in bunches; a screen looks once for each. */
const BUNCH = 400;
/** Between one try and the next to begin, in milliseconds; a connection that comes back is not waited for. */
const PAUSE = 30_000;

export async function follow(client: Client, signal: AbortSignal, heard: () => void): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether something may have happened that nobody told of. */
  let missed = false;
  while (!signal.aborted) {
    try {
      const after = await client.latestPosition({ signal });
      if (missed) {
        heard();
      }
      missed = true;
      for await (const { items } of client.changes({ after, signal })) {
        if (items.length > 0) {
          clearTimeout(timer);
          timer = setTimeout(heard, BUNCH);
        }
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (error instanceof NetworkError) {
        await pause(signal);
      } else if (!(error instanceof GoneError)) {
        throw error;
      }
    }
  }
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, PAUSE);
    function done(): void {
      clearTimeout(timer);
      removeEventListener("online", done);
      signal.removeEventListener("abort", done);
      resolve();
    }
    addEventListener("online", done);
    signal.addEventListener("abort", done);
  });
}

/** Hears from the server that something changed, so that screens are as the others see them. */
import type { Client } from "feedbacklus-client";

/** Changes come in bunches; a screen looks once for each. */
const BUNCH = 400;

export async function follow(client: Client, signal: AbortSignal, heard: () => void): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const after = await client.latestPosition({ signal }).catch((error: unknown) => {
    if (signal.aborted) {
      return null;
    }
    throw error;
  });
  if (after === null) {
    return;
  }
  for await (const { items } of client.changes({ after, signal })) {
    if (items.length > 0) {
      clearTimeout(timer);
      timer = setTimeout(heard, BUNCH);
    }
  }
}

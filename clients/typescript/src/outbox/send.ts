import type { Client } from "../client.js";
import { newId } from "../ids.js";
import { ProblemError } from "../problem.js";
import type { BatchItem, Kept, KeptBatch } from "./kept.js";
import type { BatchLimits } from "./plan.js";
import { nextBatch } from "./plan.js";
import type { Delivered } from "./settle.js";
import { refused, released, settle } from "./settle.js";

/** What a sender works on. */
export interface Desk {
  update(change: (kept: Kept) => Kept): Promise<Kept>;
  deliver(delivered: Delivered): void;
}

/**
 * Sends batch after batch until nothing is left that can be sent. A batch is written down before it is sent, and sent again
 * under its id until the answer was written down: the server carries it out once and answers the same.
 */
export async function sendAll(client: Client, limits: BatchLimits, desk: Desk, signal?: AbortSignal): Promise<void> {
  let size = limits.items;
  let taken = false;
  for (;;) {
    const { batch } = await desk.update((kept) => withBatch(kept, { ...limits, items: size }));
    if (batch === null) {
      return;
    }
    try {
      await carryOut(client, desk, batch, signal);
      size = limits.items;
      taken = false;
    } catch (error) {
      if (!(error instanceof ProblemError)) {
        throw error;
      }
      if (error.status === 409 && !taken) {
        // Its id is somebody's already. Under another id the ids of the items still keep everything from happening twice.
        taken = true;
        await desk.update((kept) => released(kept, batch));
      } else if ((error.status === 400 || error.status === 413) && batch.items.length > 1) {
        size = Math.floor(batch.items.length / 2); // To find the item that it is about.
        await desk.update((kept) => released(kept, batch));
      } else if (error.status === 400 || error.status === 413) {
        const { problem } = error;
        await desk.update((kept) => refused(kept, batch, problem));
      } else {
        throw error;
      }
    }
  }
}

/** The batch whose answer was not seen, or the next one. */
function withBatch(kept: Kept, limits: BatchLimits): Kept {
  const batch = kept.batch ?? nextBatch(kept, limits, newId());
  return batch === kept.batch ? kept : { ...kept, batch };
}

async function carryOut(client: Client, desk: Desk, batch: KeptBatch, signal?: AbortSignal): Promise<void> {
  const body = { id: batch.id, atomic: false, dryRun: false, items: [...batch.items] as BatchItem[] };
  const { data } = await client.POST("/v1/batches", { body, ...(signal && { signal }) });
  let delivered: readonly Delivered[] = [];
  await desk.update((kept) => {
    const settled = settle(kept, batch, data.results);
    delivered = settled.delivered;
    return settled.kept;
  });
  delivered.forEach((one) => {
    desk.deliver(one);
  });
}

import type { Client } from "feedbacklus-client";

/** The longest text among a cycle's observations, of which there may be any number. */
export async function longest(client: Client, cycleId: string): Promise<string> {
  const observations = client.list("/v1/cycles/{cycleId}/observations", {
    params: { path: { cycleId }, query: { perspective: "citizen", limit: 200 } },
  });
  let longest = "";
  for await (const { body } of observations) {
    longest = body.length > longest.length ? body : longest;
  }
  return longest;
}

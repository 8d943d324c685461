import { createClient, newId, Session } from "feedbacklus-client";

/** Logs an observation in the first network that somebody is in. */
export async function logObservation(baseUrl: string, email: string, password: string): Promise<string> {
  const session = new Session({ baseUrl });
  const client = createClient({ baseUrl, credential: session });
  await session.signIn(email, password);

  const { data: me } = await client.GET("/v1/me");
  const [network] = me.networks;
  if (network === undefined) {
    throw new Error(`${me.person.displayName} is in no network.`);
  }
  const { data: observation } = await client.POST("/v1/networks/{networkId}/observations", {
    params: { path: { networkId: network.networkId } },
    body: { id: newId(), body: "The door stood open, and people came in.", perspective: "practitioner" },
  });
  return observation.id;
}

// The server, called once through the client that orval generates for fetch.

import {
  createInboxObservation,
  createTokens,
  getObservation,
  listNetworkObservations,
  listNetworks,
} from "./generated/client/feedbacklus";

const [, email = "", password = ""] = process.argv.slice(2);

async function call(): Promise<void> {
  const signedIn = await createTokens({ email, password });
  if (signedIn.status !== 200) throw new Error(`not signed in: ${signedIn.data.code}`);
  const options = { headers: { Authorization: `Bearer ${signedIn.data.accessToken}` } };

  const networks = await listNetworks({ limit: 1 }, options);
  if (networks.status !== 200) throw new Error(`no networks: ${networks.status}`);
  const network = networks.data.items[0];
  if (!network) throw new Error("the coordinator has no network");

  const observation = {
    body: "Meneer loopt op dinsdag mee met de wandelclub.",
    perspective: "citizen",
    voice: "retold",
  } as const;
  const created = await createInboxObservation(network.id, observation, options);
  if (created.status !== 201) throw new Error(`not created: ${created.status}`);
  const stored = await getObservation(created.data.id, options);
  if (stored.status !== 200 || stored.data.networkId !== network.id || stored.data.body !== observation.body) {
    throw new Error(`what was created is not what is stored: ${JSON.stringify([created, stored])}`);
  }

  // The same path gives the whole list in CSV or as lines of JSON, where that is asked for.
  const { data: page } = await listNetworkObservations(network.id, {}, options);
  if (typeof page !== "object" || !("items" in page) || page.items[0]?.id !== created.data.id) {
    throw new Error(`what was created is not listed first: ${JSON.stringify(page)}`);
  }

  const none = await getObservation(network.id, options);
  if (none.status !== 404 || none.data.code !== "not_found")
    throw new Error(`no observation, and no problem: ${none.status}`);
}

call().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

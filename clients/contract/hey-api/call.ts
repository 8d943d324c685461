// The server, called once through the client that @hey-api/openapi-ts generates.

import {
  createInboxObservation,
  createTokens,
  getObservation,
  listNetworkObservations,
  listNetworks,
} from "./generated/client";
import { createClient } from "./generated/client/client";

const [base = "", email = "", password = ""] = process.argv.slice(2);

async function call(): Promise<void> {
  const server = createClient({ baseUrl: base, throwOnError: true });
  const { data: tokens } = await createTokens({ client: server, body: { email, password }, throwOnError: true });
  const client = createClient({ baseUrl: base, auth: tokens.accessToken, throwOnError: true });

  const { data: networks } = await listNetworks({ client, query: { limit: 1 }, throwOnError: true });
  const network = networks.items[0];
  if (!network) throw new Error("the coordinator has no network");

  const { data: created, response } = await createInboxObservation({
    client,
    path: { networkId: network.id },
    body: { body: "Meneer loopt op dinsdag mee met de wandelclub.", perspective: "citizen", voice: "retold" },
    throwOnError: true,
  });
  const { data: stored } = await getObservation({ client, path: { observationId: created.id }, throwOnError: true });
  if (response.status !== 201 || stored.networkId !== network.id || stored.body !== created.body) {
    throw new Error(`what was created is not what is stored: ${JSON.stringify([created, stored])}`);
  }

  const { data: page } = await listNetworkObservations({ client, path: { networkId: network.id }, throwOnError: true });
  if (typeof page !== "object" || !("items" in page) || page.items[0]?.id !== created.id) {
    throw new Error(`what was created is not listed first: ${JSON.stringify(page)}`);
  }

  const { error: problem } = await getObservation({ client, path: { observationId: network.id }, throwOnError: false });
  if (problem?.code !== "not_found") throw new Error(`no observation, and no problem: ${JSON.stringify(problem)}`);
}

call().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

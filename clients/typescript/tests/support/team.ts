import { createHmac } from "node:crypto";
import type { Client, Fetch, RetryPolicy } from "../../src/index.js";
import { createClient, newId, Session } from "../../src/index.js";
import { Relay } from "./relay.js";
import { ADMIN, SECRET, Server } from "./server.js";

/** Little patience, so that tests end soon. */
export const HASTY: RetryPolicy = { attempts: 3, firstPause: 5, longestPause: 20, timeout: 10_000 };

/** A server, a line to it, and a founder with a network and a cycle. */
export interface Place {
  readonly server: Server;
  readonly relay: Relay;
  readonly session: Session;
  /** Through the relay. */
  readonly client: Client;
  readonly personId: string;
  readonly networkId: string;
  readonly cycleId: string;
  /** Every request that the client sent, as `POST /v1/batches`. */
  readonly sent: string[];
  remove(): Promise<void>;
}

export async function place(): Promise<Place> {
  const server = await Server.start();
  const relay = await Relay.start(() => server.base);
  const sent: string[] = [];
  const fetch = counting(sent);
  const session = new Session({ baseUrl: relay.base, fetch });
  await session.signIn(ADMIN.email, ADMIN.password);
  const client = createClient({ baseUrl: relay.base, credential: session, retry: HASTY, fetch });
  const { data: me } = await client.GET("/v1/me");
  const [networkId, cycleId] = [newId(), newId()];
  await client.POST("/v1/networks", { body: { id: networkId, name: "Buurtteam", kind: "team" } });
  await client.POST("/v1/networks/{networkId}/cycles", {
    params: { path: { networkId } },
    body: { id: cycleId, learningQuestion: "Wat helpt nieuwe bewoners?" },
  });
  const remove = async (): Promise<void> => {
    await relay.close();
    await server.remove();
  };
  return { server, relay, session, client, personId: me.person.id, networkId, cycleId, sent, remove };
}

/** Notes what is sent. */
export function counting(sent: string[]): Fetch {
  return (request) => {
    sent.push(`${request.method} ${new URL(request.url).pathname}`);
    return globalThis.fetch(request);
  };
}

/** An observation of the place's cycle, stored. */
export async function observe(
  { client, cycleId }: Place,
  body = "De folder ligt ongelezen bij de deur.",
): Promise<string> {
  const { data } = await client.POST("/v1/cycles/{cycleId}/observations", {
    params: { path: { cycleId } },
    body: { id: newId(), body, perspective: "practitioner" },
  });
  return data.id;
}

/** The same token as it will be when it has expired. */
export function expired(token: string): string {
  const [header = "", claims = ""] = token.split(".");
  const then = Math.floor(Date.now() / 1000) - 3_600;
  const old = { ...JSON.parse(Buffer.from(claims, "base64url").toString()), iat: then - 900, exp: then };
  const text = `${header}.${Buffer.from(JSON.stringify(old)).toString("base64url")}`;
  return `${text}.${createHmac("sha256", SECRET).update(text).digest("base64url")}`;
}

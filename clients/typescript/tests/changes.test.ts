import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { Changes } from "../src/index.js";
import { createClient, GoneError, ProblemError } from "../src/index.js";
import type { Place } from "./support/team.js";
import { HASTY, observe, place } from "./support/team.js";

let here: Place;
let control: AbortController;
beforeAll(async () => {
  here = await place();
});
afterAll(() => here.remove());
beforeEach(() => {
  control = new AbortController();
});
afterEach(() => control.abort());

/** Follows until so many records have come; returns them in their order, and where to go on. */
async function take(changes: AsyncIterable<Changes>, count: number): Promise<{ ids: string[]; after: string }> {
  const ids: string[] = [];
  for await (const page of changes) {
    ids.push(...page.items.map((change) => change.subjectId));
    if (ids.length >= count) {
      return { ids, after: page.nextAfter };
    }
  }
  throw new Error("The stream ended.");
}

it("tells what was, and what comes", async () => {
  const { client, networkId, cycleId } = here;
  const first = await take(client.changes({ networkId, signal: control.signal }), 1);
  expect(first.ids).toContain(networkId);
  expect(first.ids).toContain(cycleId);
  const following = take(client.changes({ networkId, after: first.after, signal: control.signal }), 2);
  const ids = [await observe(here), await observe(here)];
  expect((await following).ids).toEqual(ids);
});

it("goes on where the line was cut, skipping nothing and doubling nothing", async () => {
  const { client, networkId, relay } = here;
  const after = await client.latestPosition({ networkId });
  const [written, seen]: [string[], string[]] = [[], []];
  const connections: boolean[] = [];
  const changes = client.changes({
    networkId,
    after,
    signal: control.signal,
    onConnection: (connected) => connections.push(connected),
  });
  const COUNT = 12;
  for await (const page of changes) {
    seen.push(...page.items.map((change) => change.subjectId));
    if (seen.length >= COUNT) {
      break;
    }
    if (written.length < COUNT) {
      written.push(await observe(here), await observe(here));
      // While the next page is under way, or has arrived and was not read yet.
      relay.cut();
      written.push(await observe(here));
    }
  }
  expect(seen).toEqual(written);
  expect(connections.filter((connected) => !connected).length).toBeGreaterThan(1);
  expect(connections.at(-1)).toBe(false);
});

it("goes on when the server comes back", async () => {
  const { client, networkId, server } = here;
  const after = await client.latestPosition({ networkId });
  const following = take(client.changes({ networkId, after, signal: control.signal }), 2);
  const before = await observe(here);
  await server.kill();
  await server.start();
  const afterwards = await observe(here);
  expect((await following).ids).toEqual([before, afterwards]);
});

it("takes a silent line for a broken one", async () => {
  const { client, networkId, relay } = here;
  const after = await client.latestPosition({ networkId });
  let connected = (): void => {};
  const standing = new Promise<void>((resolve) => {
    connected = resolve;
  });
  const onConnection = (is: boolean): void => (is ? connected() : undefined);
  const following = take(client.changes({ networkId, after, signal: control.signal, silence: 100, onConnection }), 1);
  await standing;
  relay.line = "silent";
  const direct = createClient({ baseUrl: here.server.base, credential: here.session });
  const id = await observe({ ...here, client: direct });
  relay.line = "open";
  expect((await following).ids).toEqual([id]);
});

it("says that there is no going on, and how to begin anew", async () => {
  const { client, networkId } = here;
  const beyond = position(networkId, 1_000_000);
  await expect(take(client.changes({ after: beyond, signal: control.signal }), 1)).rejects.toBeInstanceOf(GoneError);
  const after = await client.latestPosition();
  const following = take(client.changes({ after, signal: control.signal }), 1);
  const id = await observe(here);
  expect((await following).ids).toEqual([id]);
});

it("does not insist on what is refused", async () => {
  const refused = here.client.changes({ after: "nowhere", signal: control.signal });
  await expect(take(refused, 1)).rejects.toMatchObject({ status: 400 });
  const anonymous = createClient({ baseUrl: here.relay.base, retry: HASTY });
  await expect(take(anonymous.changes({ signal: control.signal }), 1)).rejects.toBeInstanceOf(ProblemError);
});

it("ends with its signal, without an error", async () => {
  const pages: Changes[] = [];
  for await (const page of here.client.changes({ signal: control.signal })) {
    pages.push(page);
    control.abort();
  }
  expect(pages).toHaveLength(1);
});

/** A position of a network's stream that was never given out: as if the database had been put back to an earlier day. */
function position(networkId: string, number: number): string {
  const bytes = Buffer.alloc(1 + 1 + 16 + 8);
  bytes.writeUInt8(1, 0);
  bytes.write("n", 1);
  bytes.write(networkId.replaceAll("-", ""), 2, "hex");
  bytes.writeBigInt64BE(BigInt(number), 18);
  return bytes.toString("base64url");
}

import "fake-indexeddb/auto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Change } from "feedbacklus-client";
import { cookieRefreshToken, createClient, ifMatch, memoryStore, newId, openOutbox, Session } from "feedbacklus-client";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { begin, leave } from "../examples/browser.js";
import { follow } from "../examples/changes.js";
import { solve } from "../examples/conflicts.js";
import { longest } from "../examples/lists.js";
import { collect, send } from "../examples/outbox.js";
import { toMend, write } from "../examples/privacy.js";
import { ask } from "../examples/problems.js";
import { logObservation } from "../examples/sign-in.js";
import { ADMIN } from "./support/server.js";
import type { Place } from "./support/team.js";
import { observe, place } from "./support/team.js";

let here: Place;
let folder: string;
beforeAll(async () => {
  here = await place();
  folder = await mkdtemp(join(tmpdir(), "feedbacklus-examples-"));
});
afterAll(async () => {
  await here.remove();
  await rm(folder, { recursive: true });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

it("are shown in the README as they are run here", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const examples = new URL("../examples/", import.meta.url);
  const shown = new Map(
    [...readme.matchAll(/<!-- examples\/(\S+) -->\n```ts\n(.*?)```\n/gs)].map(([, name, code]) => [name, code]),
  );
  const files = (await readdir(examples)).sort();
  expect([...shown.keys()].sort()).toEqual(files);
  for (const name of files) {
    expect(shown.get(name), name).toBe(await readFile(new URL(name, examples), "utf8"));
  }
  // No code is shown but what is run.
  expect([...readme.matchAll(/```[a-z]+\n/g)].filter(([fence]) => fence !== "```ts\n" && fence !== "```sh\n")).toEqual(
    [],
  );
  expect([...readme.matchAll(/```ts\n/g)]).toHaveLength(files.length);
});

it("sign in", async () => {
  const id = await logObservation(here.relay.base, ADMIN.email, ADMIN.password);
  const { data } = await here.client.GET("/v1/observations/{observationId}", {
    params: { path: { observationId: id } },
  });
  expect([data.networkId, data.cycleId]).toEqual([here.networkId, null]);
});

it("read a list", async () => {
  const { cycleId, client } = here;
  for (const body of ["kort", "het langste van de drie", "middel"]) {
    await client.POST("/v1/cycles/{cycleId}/observations", {
      params: { path: { cycleId } },
      body: { body, perspective: "citizen" },
    });
  }
  expect(await longest(client, cycleId)).toBe("het langste van de drie");
});

it("tell problems apart", async () => {
  const { cycleId, client } = here;
  expect(await ask(client, cycleId, 1, "Wat helpt?")).toBe("done");
  expect(await ask(client, cycleId, 1, "Wat helpt nog?")).toBe("somebody else changed it; it is at version 2 now");
  expect(await ask(client, cycleId, 2, "")).toMatch(/^\/learningQuestion: /);
  expect(await ask(client, newId(), 1, "Wat helpt?")).toMatch(/^404 not_found: /);
});

it("follow changes", async () => {
  const { client, networkId } = here;
  const control = new AbortController();
  const position = await client.latestPosition({ networkId });
  let complete = (): void => {};
  const seen = new Promise<void>((resolve) => {
    complete = resolve;
  });
  class Noticed extends Map<string, Change> {
    override set(id: string, change: Change): this {
      super.set(id, change);
      if (this.size === 2) complete();
      return this;
    }
  }
  const held = { position, changes: new Noticed() };
  const following = follow(client, networkId, held, control.signal);
  const ids = [await observe(here), await observe(here)];
  await seen;
  control.abort();
  await following;
  expect([...held.changes.keys()]).toEqual(ids);
});

describe("an outbox", () => {
  it("is filled without a connection and sent later", async () => {
    const nowhere = createClient({ baseUrl: "http://127.0.0.1:9" });
    const file = join(folder, "outbox.json");
    const collected = await collect(nowhere, here.personId, file, here.cycleId);
    expect(collected.entries).toHaveLength(2);
    const outbox = await collect(here.client, here.personId, file, here.cycleId);
    expect(outbox.entries).toHaveLength(4);
    expect(await send(outbox)).toEqual([]);
    const refused = await collect(here.client, here.personId, file, newId());
    expect(await send(refused)).toEqual(["question: There is nothing here that you may see.", "observation: held"]);
  });

  it("has its conflicts solved", async () => {
    const { client } = here;
    const outbox = await collect(client, here.personId, join(folder, "conflicts.json"), here.cycleId);
    await outbox.send();
    const read = async (observationId: string) =>
      (await client.GET("/v1/observations/{observationId}", { params: { path: { observationId } } })).data;
    const [same, other] = [await read(await observe(here)), await read(await observe(here))];
    await outbox.update({ type: "observation", base: same, body: { tags: ["mine"] } });
    await outbox.update({ type: "observation", base: other, body: { tags: ["mine"] } });
    for (const { id, body } of [
      { id: same.id, body: { tags: ["theirs"] } },
      { id: other.id, body: { body: "Theirs." } },
    ]) {
      await client.PATCH("/v1/observations/{observationId}", {
        params: { path: { observationId: id }, header: { "If-Match": ifMatch(1) } },
        body,
      });
    }
    await outbox.send();
    const questions: string[] = [];
    await solve(outbox, async (question) => {
      questions.push(question);
      return false;
    });
    expect(questions).toEqual(["tags was ; you made it mine, and somebody else theirs"]);
    expect(outbox.entries).toEqual([]);
    expect((await read(same.id)).tags).toEqual(["theirs"]);
    expect(await read(other.id)).toMatchObject({ tags: ["mine"], body: "Theirs." });
  });
});

it("look at what tells who somebody is", async () => {
  const { client, cycleId, personId } = here;
  const outbox = await openOutbox({ client, owner: personId, store: memoryStore() });
  const shown: string[] = [];
  const attempt = (text: string, stands: boolean): Promise<boolean> =>
    write(client, outbox, cycleId, { body: text, perspective: "citizen" }, async (findings) => {
      shown.push(...findings.map(({ kind, handling }) => `${kind} ${handling}`));
      return stands;
    });
  expect(await attempt("She knew the baker only.", false)).toBe(true);
  expect(await attempt("Haar BSN is 999993653.", true)).toBe(false);
  expect(await attempt("Bewoner van Sprookjesplein 31 wil een bankje.", false)).toBe(false);
  expect(await attempt("Bewoner van Sprookjesplein 31 wil een bankje.", true)).toBe(true);
  expect(shown).toEqual(["bsn refuse", "address warn", "address warn"]);
  await outbox.send();
  expect(outbox.entries).toEqual([]);

  await outbox.create({ type: "question", cycleId, body: { text: "Mag mijn BSN, 999993653, hier staan?" } });
  await outbox.send();
  expect(toMend(outbox)).toEqual(["/body/text: bsn at 14"]);
});

it("begin and end in a browser", async () => {
  // What a browser does with the one cookie that there is.
  let cookie = "";
  const { fetch } = globalThis;
  vi.stubGlobal("location", { origin: here.relay.base });
  vi.stubGlobal("fetch", async (request: Request) => {
    request.headers.set("Cookie", cookie);
    const response = await fetch(request);
    cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? cookie;
    return response;
  });
  expect(await begin()).toBeNull();
  const session = new Session({ refreshTokens: cookieRefreshToken() });
  await session.signIn(ADMIN.email, ADMIN.password);
  const first = await begin(session);
  await first?.outbox.create({ type: "pseudonym", networkId: here.networkId, body: {} });
  await first?.outbox.close();

  const reloaded = await begin();
  expect(reloaded?.outbox.entries).toHaveLength(1);
  if (reloaded) {
    await leave(reloaded);
    await reloaded.outbox.close();
  }
  expect(await begin()).toBeNull();
});

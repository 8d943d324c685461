import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import type { Delivered, Outbox, OutboxEntry, OutboxStore, Schemas } from "../../src/index.js";
import {
  createClient,
  memoryStore,
  NetworkError,
  newId,
  openOutbox,
  Session,
  SignedOutError,
} from "../../src/index.js";
import { fileStore } from "../../src/node.js";
import type { Place } from "../support/team.js";
import { observe, place } from "../support/team.js";

let here: Place;
let folder: string;
beforeAll(async () => {
  here = await place();
  folder = await mkdtemp(join(tmpdir(), "feedbacklus-outbox-"));
});
afterAll(async () => {
  await here.remove();
  await rm(folder, { recursive: true });
});

function open(store: OutboxStore = memoryStore(), batchSize = 200): Promise<Outbox> {
  return openOutbox({ client: here.client, owner: here.personId, store, batchSize });
}

function observation(body: string) {
  return { type: "observation", cycleId: here.cycleId, body: { body, perspective: "citizen" } } as const;
}

async function stored(observationId: string): Promise<Schemas["Observation"]> {
  const { data } = await here.client.GET("/v1/observations/{observationId}", { params: { path: { observationId } } });
  return data;
}

/** The bodies of all observations of the cycle that say they are of this test, oldest first. */
async function told(mark: string): Promise<string[]> {
  const list = here.client.list("/v1/cycles/{cycleId}/observations", { params: { path: { cycleId: here.cycleId } } });
  const all = (await list.toArray()).map(({ body }) => body);
  return all.filter((body) => body.startsWith(mark)).sort();
}

function states(outbox: Outbox): string[] {
  return outbox.entries.map(({ action, status }) => `${action} ${status}`);
}

describe("what was put in without a connection", () => {
  it("arrives once, after a crash and a lost answer", async () => {
    const file = join(folder, "crash.json");
    await here.server.kill();
    // A program that puts in three observations, and is killed.
    const program = fileURLToPath(new URL("../support/crash.mjs", import.meta.url));
    const crashed = new Promise((resolve) => {
      execFile(process.execPath, [program, file, here.personId, here.cycleId], (error) => resolve(error?.signal));
    });
    expect(await crashed).toBe("SIGKILL");
    expect((await stat(file)).mode & 0o077).toBe(0);

    const outbox = await open(fileStore(file));
    expect(states(outbox)).toEqual(["create waiting", "create waiting", "create waiting"]);
    await expect(outbox.send()).rejects.toBeInstanceOf(NetworkError);
    expect(states(outbox)).toEqual(["create sending", "create sending", "create sending"]);

    await here.server.start();
    here.relay.line = "answers-lost";
    await expect(outbox.send()).rejects.toBeInstanceOf(NetworkError);
    here.relay.line = "open";
    expect(await told("crash")).toHaveLength(3);
    // All is as if nothing had arrived, also for the next program.
    const next = await open(fileStore(file));
    expect(states(next)).toEqual(["create sending", "create sending", "create sending"]);
    const delivered: Delivered[] = [];
    next.onDelivered((one) => delivered.push(one));
    await next.send();
    expect(next.entries).toEqual([]);
    expect(delivered.map(({ version }) => version)).toEqual([1, 1, 1]);
    expect(await told("crash")).toEqual(["crash 1", "crash 2", "crash 3"]);
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ entries: [], batch: null });
  });

  it("happened when it was put in", async () => {
    const outbox = await open();
    const before = new Date().toISOString();
    const entry = await outbox.create(observation("when"));
    expectTypeOf(entry).toEqualTypeOf<OutboxEntry<"observation">>();
    await outbox.send();
    const { happenedAt, createdAt } = await stored(entry.recordId);
    expect(Date.parse(happenedAt)).toBeGreaterThanOrEqual(Date.parse(before));
    expect(Date.parse(happenedAt)).toBe(Date.parse(entry.queuedAt));
    expect(Date.parse(happenedAt)).toBeLessThanOrEqual(Date.parse(createdAt));
  });

  it("goes in its order, in as many batches as it takes", async () => {
    const outbox = await open(memoryStore(), 2);
    const question = await outbox.create({
      type: "question",
      cycleId: here.cycleId,
      body: { text: "Hoe kom ik binnen?" },
    });
    const seen = await outbox.create({
      ...observation("order 1"),
      body: { body: "order 1", perspective: "citizen", questionId: question.recordId },
    });
    const reflection = await outbox.create({
      type: "reflection",
      cycleId: here.cycleId,
      body: {
        observationIds: [seen.recordId],
        model: "free",
        answers: [{ promptId: "free", text: "De drempel is de deur." }],
        loopDepth: "single",
      },
    });
    await outbox.create({
      type: "action",
      cycleId: here.cycleId,
      body: {
        reflectionIds: [reflection.recordId],
        description: "Koffie buiten",
        kind: "experiment",
        ownerId: here.personId,
      },
    });
    const records: string[] = [];
    outbox.onDelivered(({ entry }) => records.push(entry.type));
    here.sent.length = 0;
    await outbox.send();
    expect(records).toEqual(["question", "observation", "reflection", "action"]);
    expect(here.sent.filter((request) => request === "POST /v1/batches")).toHaveLength(2);
  });

  it("may be changed and withdrawn before it is sent", async () => {
    const outbox = await open();
    const { recordId: id } = await outbox.create(observation("chain"));
    await outbox.update({ type: "observation", base: { id }, body: { tags: ["een"] } });
    await outbox.update({ type: "observation", base: { id, tags: ["een"] }, body: { body: "chain, changed" } });
    await outbox.send();
    expect(await stored(id)).toMatchObject({ body: "chain, changed", tags: ["een"], version: 3 });
    const base = await stored(id);
    await outbox.update({ type: "observation", base, body: { tags: [] } });
    await outbox.withdraw({ type: "observation", base: { id }, body: { reason: "Dubbel." } });
    await outbox.send();
    expect(outbox.entries).toEqual([]);
    expect(await stored(id)).toMatchObject({ tags: [], state: "withdrawn", stateReason: "Dubbel." });
  });

  it("is sent by one at a time", async () => {
    const store = memoryStore();
    const [one, other] = [await open(store), await open(store)];
    await Promise.all(Array.from({ length: 5 }, (_, number) => one.create(observation(`single ${number}`))));
    here.sent.length = 0;
    await Promise.all([one.send(), other.send(), one.send()]);
    expect(here.sent.filter((request) => request === "POST /v1/batches")).toHaveLength(1);
    expect(await told("single")).toHaveLength(5);
    expect(await other.list()).toEqual([]);
  });

  it("is sent as soon as there is a connection", async () => {
    const outbox = await open();
    const control = new AbortController();
    const sending = outbox.keepSending({ signal: control.signal });
    here.relay.line = "cut";
    await outbox.create(observation("keeps 1"));
    await outbox.create(observation("keeps 2"));
    here.relay.line = "open";
    await empty(outbox);
    await outbox.create(observation("keeps 3"));
    await empty(outbox);
    control.abort();
    await sending;
    expect(await told("keeps")).toEqual(["keeps 1", "keeps 2", "keeps 3"]);
  });

  it("stays when the sign-in has ended", async () => {
    const session = new Session({ baseUrl: here.relay.base });
    const client = createClient({ baseUrl: here.relay.base, credential: session });
    const outbox = await openOutbox({ client, owner: here.personId, store: memoryStore() });
    await outbox.create(observation("signed out"));
    const sending = outbox.keepSending({ signal: new AbortController().signal });
    await expect(sending).rejects.toBeInstanceOf(SignedOutError);
    expect(states(outbox)).toEqual(["create sending"]);
  });
});

describe("what is refused", () => {
  it("stays with its problem, and what depends on it waits", async () => {
    const outbox = await open();
    const cycle = { cycleId: here.cycleId };
    const question = await outbox.create({ type: "question", ...cycle, body: { text: " " } });
    const depends = await outbox.create({
      type: "observation",
      ...cycle,
      body: { body: "refused, depends", perspective: "citizen", questionId: question.recordId },
    });
    await outbox.create(observation("refused, not concerned"));
    await outbox.send();
    expect(states(outbox)).toEqual(["create refused", "create held"]);
    const [refused, held] = outbox.entries;
    expect(refused?.problem).toMatchObject({ name: "ProblemError", status: 400, code: "invalid_body" });
    expect(refused?.problem?.errors.map(({ pointer }) => pointer)).toEqual(["/body/text"]);
    expect([held?.id, held?.heldBy]).toEqual([depends.id, question.id]);
    expect(await told("refused")).toEqual(["refused, not concerned"]);

    // Nothing is sent for their sake.
    here.sent.length = 0;
    await outbox.send();
    expect(here.sent).toEqual([]);

    await outbox.retry(question.id, { text: "Hoe kom ik binnen?" });
    await outbox.send();
    expect(outbox.entries).toEqual([]);
    expect((await stored(depends.recordId)).questionId).toBe(question.recordId);
  });

  it("can be dropped, with what depends on it", async () => {
    const outbox = await open();
    const nowhere = await outbox.create({ ...observation("dropped"), cycleId: newId() });
    await outbox.update({ type: "observation", base: { id: nowhere.recordId }, body: { tags: ["een"] } });
    await outbox.create(observation("dropped, not concerned"));
    await outbox.send();
    expect(states(outbox)).toEqual(["create refused", "update held"]);
    expect(outbox.entries[0]?.problem?.status).toBe(404);
    await outbox.discard(nowhere.id);
    expect(outbox.entries).toEqual([]);
    await expect(outbox.discard(nowhere.id)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a conflict", () => {
  async function conflict(mine: Schemas["ObservationPatch"], theirs: Schemas["ObservationPatch"]) {
    const outbox = await open();
    const base = await stored(await observe(here, "conflict"));
    const entry = await outbox.update({ type: "observation", base, body: mine });
    const { data: now } = await here.client.PATCH("/v1/observations/{observationId}", {
      params: { path: { observationId: base.id }, header: { "If-Match": `"${base.version}"` } },
      body: theirs,
    });
    await outbox.send();
    return { outbox, base, now, entry };
  }

  it("is shown with base, mine and stored", async () => {
    const { outbox, base, now, entry } = await conflict({ tags: ["mijn"] }, { tags: ["hun"] });
    expect(states(outbox)).toEqual(["update conflict"]);
    const [shown] = outbox.entries;
    expect(shown?.problem).toMatchObject({ name: "VersionMismatchError", storedVersion: 2 });
    expect(shown?.conflict).toEqual({ base, mine: { tags: ["mijn"] }, stored: now });
    // What follows of the record waits for the decision.
    await outbox.withdraw({ type: "observation", base: { id: base.id }, body: { reason: "Dubbel." } });
    await outbox.send();
    expect(states(outbox)).toEqual(["update conflict", "withdraw held"]);
    await outbox.takeStored(entry.id);
    await outbox.send();
    expect(outbox.entries).toEqual([]);
    expect(await stored(base.id)).toMatchObject({ tags: ["hun"], state: "withdrawn" });
  });

  it("is solved by taking mine", async () => {
    const { outbox, base, entry } = await conflict({ tags: ["mijn"] }, { tags: ["hun"], body: "hun tekst" });
    await outbox.takeMine(entry.id);
    expect(states(outbox)).toEqual(["update waiting"]);
    await outbox.send();
    expect(outbox.entries).toEqual([]);
    expect(await stored(base.id)).toMatchObject({ tags: ["mijn"], body: "hun tekst", version: 3 });
  });

  it("is solved by taking both", async () => {
    const { outbox, base, entry } = await conflict({ tags: ["mijn"] }, { tags: ["hun"] });
    await outbox.takeMine(entry, ({ mine, stored }) => ({
      tags: [...stored.tags, ...(mine.tags ?? [])],
    }));
    await outbox.send();
    expect(await stored(base.id)).toMatchObject({ tags: ["hun", "mijn"], version: 3 });
  });

  it("is solved by taking what is stored", async () => {
    const { outbox, base, now, entry } = await conflict({ tags: ["mijn"] }, { tags: ["hun"] });
    await outbox.takeStored(entry.id);
    here.sent.length = 0;
    await outbox.send();
    expect([outbox.entries, here.sent]).toEqual([[], []]);
    expect(await stored(base.id)).toEqual(now);
  });

  it("may be of a withdrawal", async () => {
    const outbox = await open();
    const base = await stored(await observe(here, "conflict"));
    const entry = await outbox.withdraw({ type: "observation", base, body: { reason: "Dubbel." } });
    await here.client.PATCH("/v1/observations/{observationId}", {
      params: { path: { observationId: base.id }, header: { "If-Match": `"${base.version}"` } },
      body: { tags: ["hun"] },
    });
    await outbox.send();
    expect(outbox.entries[0]?.conflict).toMatchObject({ mine: { reason: "Dubbel." }, stored: { tags: ["hun"] } });
    await outbox.takeMine(entry);
    await outbox.send();
    expect(outbox.entries).toEqual([]);
    expect(await stored(base.id)).toMatchObject({ state: "withdrawn", stateReason: "Dubbel." });
  });

  it("comes again where the record was changed again", async () => {
    const { outbox, base, now, entry } = await conflict({ tags: ["mijn"] }, { tags: ["hun"] });
    await outbox.takeMine(entry.id);
    await here.client.PATCH("/v1/observations/{observationId}", {
      params: { path: { observationId: base.id }, header: { "If-Match": `"${now.version}"` } },
      body: { tags: ["weer anders"] },
    });
    await outbox.send();
    expect(outbox.entries[0]?.conflict).toMatchObject({ base: now, mine: { tags: ["mijn"] }, stored: { version: 3 } });
  });

  it("is none where both sides did the same", async () => {
    const { outbox, base } = await conflict({ tags: ["zelfde"] }, { tags: ["zelfde"] });
    expect(outbox.entries).toEqual([]);
    expect((await stored(base.id)).version).toBe(2);
  });
});

describe("an outbox", () => {
  it("is of one person", async () => {
    const store = memoryStore();
    const outbox = await open(store);
    await outbox.create(observation("owner"));
    const other = openOutbox({ client: here.client, owner: newId(), store });
    await expect(other).rejects.toMatchObject({ name: "OutboxError", code: "other_owner" });
    await outbox.wipe();
    expect(await (await openOutbox({ client: here.client, owner: newId(), store })).list()).toEqual([]);
  });

  it("tells what changes", async () => {
    const outbox = await open();
    const seen: string[][] = [];
    const end = outbox.subscribe((entries) => seen.push(entries.map(({ status }) => status)));
    const { entries } = outbox;
    expect(outbox.entries).toBe(entries);
    await outbox.create(observation("tells"));
    await outbox.send();
    end();
    await outbox.create(observation("tells"));
    expect(seen).toEqual([["waiting"], ["sending"], []]);
  });

  it("can be wiped while it sends", async () => {
    const outbox = await open();
    await outbox.create(observation("wiped"));
    here.relay.line = "answers-lost";
    await expect(outbox.send()).rejects.toBeInstanceOf(NetworkError);
    await outbox.wipe();
    here.relay.line = "open";
    await outbox.send();
    expect(outbox.entries).toEqual([]);
  });

  it("does not let go of what may have been done", async () => {
    const outbox = await open();
    const entry = await outbox.create(observation("under way"));
    here.relay.line = "cut";
    await expect(outbox.send()).rejects.toBeInstanceOf(NetworkError);
    here.relay.line = "open";
    await expect(outbox.discard(entry.id)).rejects.toMatchObject({ code: "sending" });
    await outbox.send();
    expect(await told("under way")).toHaveLength(1);
  });

  it("wants to know what a change was made to", async () => {
    const outbox = await open();
    const change = outbox.update({ type: "observation", base: { id: newId() }, body: { tags: [] } });
    await expect(change).rejects.toMatchObject({ code: "no_version" });
    expect(outbox.entries).toEqual([]);
  });
});

describe("what tells who somebody is", () => {
  const weak = "Bewoner van Sprookjesplein 31 wil een bankje.";

  it("is kept where it was refused, until it is mended", async () => {
    const outbox = await open();
    const entry = await outbox.create(observation("Haar BSN is 999993653."));
    await outbox.send();
    const [refused] = outbox.entries;
    expect(refused).toMatchObject({ status: "refused", body: { body: "Haar BSN is 999993653." } });
    expect(refused?.problem?.errors).toMatchObject([
      { pointer: "/body/body", code: "personal_data", kind: "bsn", offset: 12, length: 9 },
    ]);
    expect(JSON.stringify(refused?.problem)).not.toContain("999993653");
    await outbox.retry(entry, { body: "Haar nummer staat niet in de map.", perspective: "citizen" });
    await outbox.send();
    expect(outbox.entries).toEqual([]);
    expect((await stored(entry.recordId)).body).toBe("Haar nummer staat niet in de map.");
  });

  it("is warned of, unless its writer said that it may stand", async () => {
    const outbox = await open();
    const states: string[][] = [];
    outbox.onDelivered(({ warnings }) => states.push(warnings.map(({ kind, state }) => `${kind} ${state}`)));
    const { recordId } = await outbox.create(observation(weak));
    await outbox.create({ ...observation(weak), confirmWarnings: true });
    await outbox.send();
    const base = await stored(recordId);
    await outbox.update({ type: "observation", base, body: { body: `${weak} Echt.` }, confirmWarnings: true });
    await outbox.send();
    expect(states).toEqual([["address open"], ["address confirmed"], ["address confirmed"]]);
  });

  it("may stand in what was mended", async () => {
    const outbox = await open();
    const states: string[] = [];
    outbox.onDelivered(({ warnings }) => states.push(...warnings.map(({ state }) => state)));
    const entry = await outbox.create(observation(`${weak} Zijn BSN is 999993653.`));
    await outbox.send();
    await outbox.retry(entry, { body: weak, perspective: "citizen" }, { confirmWarnings: true });
    await outbox.send();
    expect([outbox.entries.length, states]).toEqual([0, ["confirmed"]]);
  });
});

/** Waits until an outbox is empty. */
function empty(outbox: Outbox): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (outbox.entries.length === 0) {
        end();
        resolve();
      }
    };
    const end = outbox.subscribe(look);
    look();
  });
}

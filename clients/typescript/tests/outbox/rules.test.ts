import { describe, expect, it } from "vitest";
import type { Fetch, Kept, KeptEntry } from "../../src/index.js";
import { clashes, createClient, memoryStore, newId, openOutbox, remaining } from "../../src/index.js";
import type { BatchItem } from "../../src/outbox/kept.js";
import { heldBy, nextBatch } from "../../src/outbox/plan.js";
import { settle } from "../../src/outbox/settle.js";
import { entry } from "../support/entries.js";

const LIMITS = { items: 200, length: 10_000 };

function kept(...entries: KeptEntry[]): Kept {
  return { owner: "somebody", entries, batch: null };
}

function refused(one: KeptEntry): KeptEntry {
  const problem = { type: "about:blank", title: "Bad Request", status: 400, code: "invalid_body", detail: "No." };
  return { ...one, outcome: { is: "refused", problem } };
}

function ids(entries: Kept, limits = LIMITS): readonly string[] {
  return nextBatch(entries, limits, newId())?.entryIds ?? [];
}

describe("the next batch", () => {
  it("has no more than it may hold", () => {
    const entries = Array.from({ length: 5 }, () => entry());
    expect(ids(kept(...entries), { ...LIMITS, items: 3 })).toEqual(entries.slice(0, 3).map(({ id }) => id));
    const long = entry({ body: { body: "x".repeat(20_000) } });
    const [first, second] = [entry(), entry()];
    expect(ids(kept(first, long, second))).toEqual([first.id]);
    expect(ids(kept(long, second))).toEqual([long.id]);
    expect(nextBatch(kept(), LIMITS, newId())).toBeNull();
  });

  it("ends before a second change of one record", () => {
    const [first, second, third] = [entry(), entry(), entry()];
    const update = entry({ action: "update", recordId: first.recordId, parent: {}, body: { tags: [] } });
    expect(ids(kept(first, second, update, third))).toEqual([first.id, second.id]);
  });

  it("passes over what waits for a decision, and what depends on it", () => {
    const question = refused(entry({ type: "question" }));
    const observation = entry({ body: { questionId: question.recordId } });
    const reflection = entry({ type: "reflection", body: { observationIds: [observation.recordId.toUpperCase()] } });
    const withdrawal = entry({ action: "withdraw", recordId: question.recordId, parent: {} });
    const evaluation = entry({ type: "evaluation", parent: { actionId: newId() } });
    const all = kept(question, observation, reflection, withdrawal, evaluation);
    expect(ids(all)).toEqual([evaluation.id]);
    const held = [...heldBy(all)].map(([id, cause]) => [id, cause.id]);
    expect(held).toEqual([
      [observation.id, question.id],
      [reflection.id, observation.id],
      [withdrawal.id, question.id],
    ]);
  });

  it("does not wait for a change of a record that is there", () => {
    const change = refused(entry({ action: "update", type: "question", parent: {}, ifMatch: 3, body: { text: "" } }));
    const observation = entry({ body: { questionId: change.recordId } });
    expect(ids(kept(change, observation))).toEqual([observation.id]);
  });
});

describe("what came of a batch", () => {
  it("gives the next change of a record its version, and those after it none yet", () => {
    const first = entry();
    const change = (tags: string[]): KeptEntry =>
      entry({ action: "update", recordId: first.recordId, parent: {}, body: { tags } });
    const all = kept(first, change(["een"]), change(["twee"]));
    const batch = nextBatch(all, LIMITS, newId());
    if (batch === null) throw new Error("nothing to send");
    // The record was there already, and was changed since: that is a conflict, and no version to go on from.
    const result = { status: 200, id: first.recordId, version: 4, problem: null, stored: null };
    const settled = settle({ ...all, batch }, batch, [result]);
    expect(settled.delivered).toEqual([{ entry: first, version: 1, warnings: [] }]);
    expect(settled.kept.entries.map(({ ifMatch }) => ifMatch)).toEqual([1, null]);
    expect(settled.kept.batch).toBeNull();
  });
});

describe("a server that refuses a batch", () => {
  /** A server that refuses what `refuses` says, and takes the rest. */
  function server(refuses: (items: BatchItem[]) => number | null): { fetch: Fetch; batches: string[][] } {
    const batches: string[][] = [];
    const fetch: Fetch = async (request) => {
      const { id, items } = (await request.json()) as { id: string; items: BatchItem[] };
      batches.push([id, ...items.map(({ body }) => (body as { body: string }).body)]);
      const status = refuses(items);
      if (status !== null) {
        const problem = {
          type: "about:blank",
          title: "Refused",
          status,
          code: "refused",
          detail: "No.",
          requestId: "r",
        };
        return Response.json(problem, { status, headers: { "Content-Type": "application/problem+json" } });
      }
      const results = items.map(() => ({ status: 201, id: newId(), version: 1, problem: null, stored: null }));
      return Response.json({ id, atomic: false, dryRun: false, written: true, results });
    };
    return { fetch, batches };
  }

  async function outboxOf(fetch: Fetch, bodies: string[]) {
    const client = createClient({ baseUrl: "https://feedbacklus.example.org", fetch });
    const outbox = await openOutbox({ client, owner: newId(), store: memoryStore() });
    for (const body of bodies) {
      await outbox.create({ type: "observation", cycleId: newId(), body: { body, perspective: "citizen" } });
    }
    return outbox;
  }

  it("as too large gets smaller ones, until the entry is found that it is about", async () => {
    const tooLarge = (items: BatchItem[]): number | null =>
      items.some(({ body }) => (body as { body: string }).body === "c") ? 413 : null;
    const { fetch, batches } = server(tooLarge);
    const outbox = await outboxOf(fetch, ["a", "b", "c", "d"]);
    await outbox.send();
    expect(outbox.entries.map(({ status, problem }) => [status, problem?.status])).toEqual([["refused", 413]]);
    expect(batches.map(([, ...bodies]) => bodies.join(""))).toEqual(["abcd", "ab", "cd", "c", "d"]);
    expect(new Set(batches.map(([id]) => id)).size).toBe(batches.length);
  });

  it("as known gets it under another id, once", async () => {
    let refusals = 1;
    const { fetch, batches } = server(() => (refusals-- > 0 ? 409 : null));
    const outbox = await outboxOf(fetch, ["a"]);
    await outbox.send();
    expect(outbox.entries).toEqual([]);
    expect(new Set(batches.map(([id]) => id)).size).toBe(2);
    refusals = 2;
    const stubborn = await outboxOf(fetch, ["a"]);
    await expect(stubborn.send()).rejects.toMatchObject({ status: 409 });
  });

  it("for another reason leaves it as it is", async () => {
    const { fetch } = server(() => 403);
    const outbox = await outboxOf(fetch, ["a", "b"]);
    await expect(outbox.send()).rejects.toMatchObject({ status: 403 });
    expect(outbox.entries.map(({ status }) => status)).toEqual(["sending", "sending"]);
  });
});

describe("a conflict", () => {
  const base = { tags: ["een"], body: "tekst", challenges: null, lifeDomains: { a: [1, { b: 2 }] } };

  it("clashes where both sides changed the same", () => {
    const stored = { ...base, tags: ["hun"], body: "tekst" };
    const mine = { tags: ["mijn"], body: "mijn tekst" };
    expect(clashes({ base, mine, stored })).toEqual([
      { member: "tags", base: ["een"], mine: ["mijn"], stored: ["hun"] },
    ]);
    expect(clashes({ base, mine: { body: "mijn tekst" }, stored })).toEqual([]);
    expect(clashes({ base, mine: { tags: ["hun"] }, stored })).toEqual([]);
  });

  it("has left what would still change the record", () => {
    const mine = { tags: ["een"], challenges: undefined, lifeDomains: { a: [1, { b: 2 }] }, body: "anders" };
    expect(remaining(mine, base)).toEqual({ body: "anders" });
    expect(remaining({ lifeDomains: { a: [1, { b: 3 }] }, tags: {} }, base)).toEqual({
      lifeDomains: { a: [1, { b: 3 }] },
      tags: {},
    });
  });
});

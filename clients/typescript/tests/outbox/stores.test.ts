import "fake-indexeddb/auto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { indexedDbStore } from "../../src/browser.js";
import type { Kept, KeptEntry, OutboxStore } from "../../src/index.js";
import { createClient, memoryStore, newId, openOutbox } from "../../src/index.js";
import { fileStore } from "../../src/node.js";
import { entry } from "../support/entries.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "feedbacklus-stores-"));
});
afterAll(() => rm(folder, { recursive: true }));

const stores: Record<string, () => { open(): OutboxStore }> = {
  memory: () => {
    const store = memoryStore();
    return { open: () => store };
  },
  file: () => {
    const path = join(folder, newId(), "outbox.json");
    return { open: () => fileStore(path) };
  },
  indexeddb: () => {
    const name = newId();
    return { open: () => indexedDbStore(name) };
  },
};

const put =
  (added: KeptEntry) =>
  (kept: Kept): Kept => ({ ...kept, owner: "somebody", entries: [...kept.entries, added] });

describe.each(Object.entries(stores))("a store in %s", (_, make) => {
  it("keeps what was put in, in its order", async () => {
    const { open } = make();
    const store = open();
    expect(await store.read()).toEqual({ owner: null, entries: [], batch: null });
    const entries = Array.from({ length: 20 }, () => entry());
    await Promise.all(entries.map((one) => store.update(put(one))));
    const [first, second] = entries as [KeptEntry, KeptEntry];
    const batch = { id: newId(), entryIds: [first.id], items: [] };
    const refused = { ...second, outcome: { is: "refused", problem: { code: "gone" } } } as unknown as KeptEntry;
    await store.update((kept) => ({
      ...kept,
      batch,
      entries: kept.entries.map((one) => (one.id === second.id ? refused : one)),
    }));
    await store.update((kept) => ({ ...kept, entries: kept.entries.filter((one) => one.id !== entries[4]?.id) }));
    const left = entries.filter((_, index) => index !== 4).map((one) => (one === second ? refused : one));
    expect(await store.read()).toEqual({ owner: "somebody", entries: left, batch });
    await store.close();

    const again = open();
    expect(await again.read()).toEqual({ owner: "somebody", entries: left, batch });
    await again.update(() => ({ owner: null, entries: [], batch: null }));
    expect(await again.read()).toEqual({ owner: null, entries: [], batch: null });
    await again.close();
  });

  it("keeps nothing of a change that fails", async () => {
    const store = make().open();
    const one = entry();
    await store.update(put(one));
    const failing = store.update(() => {
      throw new Error("not like this");
    });
    await expect(failing).rejects.toThrow("not like this");
    expect((await store.read()).entries).toEqual([one]);
    await store.update(put(entry()));
    expect((await store.read()).entries).toHaveLength(2);
    await store.close();
  });
});

describe("a file", () => {
  it("is never half written", async () => {
    const path = join(folder, "whole", "outbox.json");
    const store = fileStore(path);
    await store.update(put(entry()));
    // What a crash leaves of a file that was being written.
    await writeFile(`${path}.new`, '{"form":1,"entr');
    const again = fileStore(path);
    expect((await again.read()).entries).toHaveLength(1);
    await again.update(put(entry()));
    expect((await again.read()).entries).toHaveLength(2);
    expect(await readdir(join(folder, "whole"))).toEqual(["outbox.json"]);
  });

  it("that another version wrote is left as it is", async () => {
    const path = join(folder, "newer.json");
    await writeFile(path, '{"form":2}');
    await expect(fileStore(path).update(put(entry()))).rejects.toThrow("another version");
    expect(await readFile(path, "utf8")).toBe('{"form":2}');
  });
});

it("two tabs see the same outbox", async () => {
  const [name, owner] = [newId(), newId()];
  const client = createClient({ baseUrl: "https://feedbacklus.example.org" });
  const [one, other] = await Promise.all([
    openOutbox({ client, owner, store: indexedDbStore(name) }),
    openOutbox({ client, owner, store: indexedDbStore(name) }),
  ]);
  let told = 0;
  const seen = new Promise<void>((resolve) => {
    other.subscribe((entries) => {
      told += 1;
      if (entries.length === 1) {
        resolve();
      }
    });
  });
  const { id } = await one.create({ type: "pseudonym", networkId: newId(), body: {} });
  await seen;
  expect(other.entries.map((entry) => entry.id)).toEqual([id]);
  await other.discard(id);
  expect(await one.list()).toEqual([]);
  expect(told).toBe(2);
  await Promise.all([one.close(), other.close()]);
});

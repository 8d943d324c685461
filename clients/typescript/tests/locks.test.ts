import { afterEach, expect, it, vi } from "vitest";
import { exclusively } from "../src/locks.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Work that notes when it begins and ends, and ends when it is told to. */
function work(name: string, notes: string[]) {
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = async (): Promise<string> => {
    notes.push(`${name} begins`);
    await ended;
    notes.push(`${name} ends`);
    return name;
  };
  return { run, end };
}

it("does one thing of a name at a time, in turn", async () => {
  const notes: string[] = [];
  const [a, b, c] = [work("a", notes), work("b", notes), work("c", notes)];
  const all = [exclusively("turn", a.run), exclusively("turn", b.run), exclusively("another", c.run)];
  c.end();
  expect(await all[2]).toBe("c");
  b.end();
  a.end();
  expect(await Promise.all(all)).toEqual(["a", "b", "c"]);
  expect(notes.filter((note) => !note.startsWith("c"))).toEqual(["a begins", "a ends", "b begins", "b ends"]);
});

it("goes on after work that failed, and without work that was given up", async () => {
  const failed = exclusively("faults", () => Promise.reject(new Error("no")));
  const control = new AbortController();
  const given = exclusively("faults", () => Promise.resolve("never"), control.signal);
  control.abort(new Error("enough"));
  const last = exclusively("faults", () => Promise.resolve("done"));
  await expect(failed).rejects.toThrow("no");
  await expect(given).rejects.toThrow("enough");
  expect(await last).toBe("done");
});

it("asks the platform where it has locks, for all tabs", async () => {
  const asked: unknown[] = [];
  const request = (name: string, options: object, run: () => Promise<unknown>): Promise<unknown> => {
    asked.push(name, options);
    return run();
  };
  vi.stubGlobal("navigator", { locks: { request } });
  const { signal } = new AbortController();
  expect(await exclusively("tabs", () => Promise.resolve(1), signal)).toBe(1);
  expect(asked).toEqual(["tabs", { signal }]);
});

import { afterEach, expect, it, vi } from "vitest";
import { Listeners } from "../src/listeners.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

it("tells all, whatever one of them makes of it", () => {
  const uncaught: (() => void)[] = [];
  vi.stubGlobal("queueMicrotask", (task: () => void) => uncaught.push(task));
  const listeners = new Listeners<number>();
  const heard: number[] = [];
  const end = listeners.add(() => {
    throw new Error("not mine");
  });
  const listen = (value: number): void => {
    heard.push(value);
  };
  listeners.add(listen);
  const endOther = listeners.add(listen);
  listeners.tell(1);
  endOther();
  end();
  listeners.tell(2);
  expect(heard).toEqual([1, 1, 2]);
  expect(uncaught).toHaveLength(1);
  expect(uncaught[0]).toThrow("not mine");
});

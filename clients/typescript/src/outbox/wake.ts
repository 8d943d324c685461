import { wait } from "../wait.js";

/** Something to wait for that may happen before the waiting begins. */
export class Wake {
  #ring: () => void = () => {};
  #rung: Promise<void> = Promise.resolve();

  constructor() {
    this.#arm();
  }

  up(): void {
    this.#ring();
    this.#arm();
  }

  /** How to wait for the next `up` from now on, but not longer than the signal lasts, or so many milliseconds. */
  next(): (signal: AbortSignal, longest: number | null) => Promise<void> {
    const rung = this.#rung;
    return async (signal, longest) => {
      const over = new AbortController();
      const either = AbortSignal.any([signal, over.signal]);
      const bound = wait(longest ?? 2 ** 31 - 1, either).catch(() => {});
      await Promise.race([rung, bound]);
      over.abort();
    };
  }

  #arm(): void {
    this.#rung = new Promise((resolve) => {
      this.#ring = resolve;
    });
  }
}

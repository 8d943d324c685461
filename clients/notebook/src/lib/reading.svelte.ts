/** What a screen reads: at once what is known of it, then what the server says, and again whenever there is news. */
import { untrack } from "svelte";
import { account } from "./account.svelte";
import { keep, readKept } from "./kept";

/** What was read since the page was opened, so that going back to a screen shows it at once. */
const seen = new Map<string, unknown>();

export class Reading<T> {
  value: T | undefined = $state.raw();
  /** When it was read, where it comes from this device because the server could not be asked. */
  keptAt: string | null = $state(null);
  error: unknown = $state.raw(null);

  readonly #key: string;
  readonly #load: () => Promise<T>;
  readonly #kept: boolean;

  constructor(key: string, load: () => Promise<T>, kept: boolean) {
    this.#key = key;
    this.#load = load;
    this.#kept = kept;
    this.value = seen.get(key) as T | undefined;
  }

  async refresh(): Promise<void> {
    if (this.value === undefined && this.#kept) {
      const kept = await readKept(this.#key);
      if (kept !== undefined && this.value === undefined) {
        this.value = kept.value as T;
        this.keptAt = kept.at;
      }
    }
    try {
      const value = await this.#load();
      this.value = value;
      this.keptAt = null;
      this.error = null;
      seen.set(this.#key, value);
      if (this.#kept && account.who !== null) {
        await keep(this.#key, value);
      }
    } catch (error) {
      this.error = error;
    }
  }
}

/** Reads for the component that is being made, for as long as it is shown. What is `kept` is there without a connection. */
export function reading<T>(key: string, load: () => Promise<T>, { kept = false } = {}): Reading<T> {
  const it = new Reading(key, load, kept);
  $effect(() => {
    void account.news;
    void account.online;
    untrack(() => void it.refresh());
  });
  return it;
}

export function forgetSeen(): void {
  seen.clear();
}

import type { EventSourceMessage } from "eventsource-parser/stream";
import { EventSourceParserStream } from "eventsource-parser/stream";
import { ProblemError, problemOf } from "./problem.js";
import type { components } from "./schema.js";
import type { Fetch } from "./transport.js";
import { NetworkError } from "./transport.js";
import { backoff, wait } from "./wait.js";

/** Changes, places that are seen no longer, and the position after them. */
export type Changes = components["schemas"]["Changes"];
/** A change of a record. */
export type Change = components["schemas"]["Change"];

export interface ChangesOptions {
  /** The `nextAfter` of the last page that was taken; by default everything from the beginning. */
  readonly after?: string;
  /** Of this network alone. */
  readonly networkId?: string;
  /** How many changes a page has at most. */
  readonly limit?: number;
  /** Ends the iteration, without an error. */
  readonly signal?: AbortSignal;
  /** Told whether the stream stands, for a light in the corner of a screen. */
  readonly onConnection?: (connected: boolean) => void;
  /**
   * For how many milliseconds the line may be silent before it counts as broken; 45 seconds by default. The server says
   * something every 15.
   */
  readonly silence?: number;
}

const SILENCE = 45_000;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

/**
 * The pages of the change stream. A line that breaks is connected again where it broke off, so that nothing is skipped and
 * nothing comes twice. Keep the `nextAfter` of each page with what came of it, and go on from there the next time.
 *
 * Throws what no patience mends: a `SignedOutError`, a `GoneError` where there is no going on from the position, and other
 * problems.
 */
export async function* followChanges(
  fetch: Fetch,
  baseUrl: string,
  options: ChangesOptions,
): AsyncGenerator<Changes, void, undefined> {
  let position = options.after;
  let failures = 0;
  let asked = 0;
  while (!options.signal?.aborted) {
    const line = new Line(fetch, options);
    try {
      for await (const message of line.read(address(baseUrl, options), position)) {
        failures = 0;
        asked = 0;
        const page = JSON.parse(message.data) as Changes;
        position = message.id ?? page.nextAfter;
        yield page;
      }
    } catch (error) {
      if (!options.signal?.aborted && !(error instanceof NetworkError)) {
        throw error;
      }
      asked = pauseAskedBy(error);
    } finally {
      line.close();
    }
    if (options.signal?.aborted) {
      return;
    }
    failures += 1;
    await wait(asked + backoff(failures, FIRST_PAUSE, LONGEST_PAUSE), options.signal).catch(() => {});
  }
}

/** For how many milliseconds a busy server wants to be left alone. */
function pauseAskedBy(error: unknown): number {
  const { cause } = error as { cause?: unknown };
  const seconds = cause instanceof ProblemError ? (cause.retryAfter ?? 0) : 0;
  return Math.min(seconds * 1000, LONGEST_PAUSE);
}

function address(baseUrl: string, { after, networkId, limit }: ChangesOptions): string {
  const query = new URLSearchParams();
  if (after !== undefined) query.set("after", after);
  if (networkId !== undefined) query.set("networkId", networkId);
  if (limit !== undefined) query.set("limit", String(limit));
  return query.size > 0 ? `${baseUrl}/v1/changes?${query}` : `${baseUrl}/v1/changes`;
}

/** One connection. */
class Line {
  readonly #fetch: Fetch;
  readonly #options: ChangesOptions;
  readonly #broken = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #connected = false;

  constructor(fetch: Fetch, options: ChangesOptions) {
    this.#fetch = fetch;
    this.#options = options;
  }

  /** The messages until the line ends. One that breaks is a `NetworkError`. */
  async *read(url: string, position: string | undefined): AsyncGenerator<EventSourceMessage, void, undefined> {
    const { signal } = this.#options;
    const either = signal ? AbortSignal.any([signal, this.#broken.signal]) : this.#broken.signal;
    const headers = new Headers({ Accept: "text/event-stream" });
    if (position !== undefined) {
      headers.set("Last-Event-ID", position);
    }
    const response = await this.#fetch(new Request(url, { headers, signal: either }));
    if (response.status === 429 || response.status >= 500) {
      throw new NetworkError(await problemOf(response));
    }
    if (!response.ok || response.body === null) {
      throw await problemOf(response);
    }
    this.#tell(true);
    yield* this.#messages(response.body);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#broken.abort();
    this.#tell(false);
  }

  async *#messages(body: ReadableStream<Uint8Array>): AsyncGenerator<EventSourceMessage, void, undefined> {
    const heard = new TransformStream<Uint8Array, Uint8Array>({
      transform: (bytes, controller) => {
        this.#listen();
        controller.enqueue(bytes);
      },
    });
    const decoder = new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>;
    const reader = body.pipeThrough(heard).pipeThrough(decoder).pipeThrough(new EventSourceParserStream()).getReader();
    try {
      for (;;) {
        this.#listen();
        const { done, value } = await reader.read();
        // Whoever takes a page may take their time over it: that is no silence of the line.
        clearTimeout(this.#timer);
        if (done) {
          return;
        }
        yield value;
      }
    } catch (error) {
      throw new NetworkError(error);
    } finally {
      await reader.cancel().catch(() => {});
    }
  }

  /** Something was heard: the line stands for now. */
  #listen(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#broken.abort(), this.#options.silence ?? SILENCE);
  }

  #tell(connected: boolean): void {
    if (this.#connected !== connected) {
      this.#connected = connected;
      this.#options.onConnection?.(connected);
    }
  }
}

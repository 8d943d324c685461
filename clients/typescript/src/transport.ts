import { secondsOf } from "./problem.js";
import { backoff, wait } from "./wait.js";

/** Sends a request. */
export type Fetch = (request: Request) => Promise<Response>;

/** How often and how patiently a request is sent. */
export interface RetryPolicy {
  /** How often a request is sent at most. */
  readonly attempts: number;
  /** The longest pause before the second sending, in milliseconds; it doubles from there. */
  readonly firstPause: number;
  /** The longest pause, in milliseconds. A server that asks for more patience gets its answer passed on. */
  readonly longestPause: number;
  /** How long an answer may take to begin, and one in JSON to end, in milliseconds. */
  readonly timeout: number;
}

export const PATIENT: RetryPolicy = { attempts: 4, firstPause: 500, longestPause: 15_000, timeout: 30_000 };

/** No answer came: the line is cut, or the server does not run. What was sent may have arrived. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";

  constructor(cause: unknown) {
    super("The server did not answer.", { cause });
  }
}

/** Too many requests, a server that is busy, or a gateway's word that the server did not answer it. */
const PASSING = [429, 502, 503, 504];

/**
 * Sends requests again that got no answer, or were told to come back later, where a repetition changes nothing: reads, and
 * creations whose id the client chose, batches among them.
 */
export function patient(
  fetch: Fetch,
  policy: RetryPolicy,
  repeatable: (request: Request) => Promise<boolean> = isSafe,
): Fetch {
  return async (request) => {
    if (!isWhole(request)) {
      return once(fetch, request, policy.timeout);
    }
    for (let attempt = 1; ; attempt += 1) {
      const last = attempt >= policy.attempts;
      const outcome = await attempted(fetch, last ? request : request.clone(), policy.timeout);
      if (outcome instanceof Response && !PASSING.includes(outcome.status)) {
        return outcome;
      }
      const pause = pauseAfter(outcome, attempt, policy);
      if (last || pause === null || !(await repeatable(request))) {
        if (outcome instanceof Response) {
          return outcome;
        }
        throw outcome;
      }
      await wait(pause, request.signal);
    }
  };
}

/** Null where the server asks for more patience than there is. */
function pauseAfter(outcome: Response | NetworkError, attempt: number, policy: RetryPolicy): number | null {
  const jitter = backoff(attempt, policy.firstPause, policy.longestPause);
  const asked = outcome instanceof Response ? (secondsOf(outcome.headers.get("Retry-After")) ?? 0) * 1000 : 0;
  return asked > policy.longestPause ? null : asked + jitter;
}

/** The answer, or that there was none. Whatever else goes wrong is thrown. */
async function attempted(fetch: Fetch, request: Request, timeout: number): Promise<Response | NetworkError> {
  try {
    return await once(fetch, request, timeout);
  } catch (error) {
    if (error instanceof NetworkError) {
      return error;
    }
    throw error;
  }
}

async function once(fetch: Fetch, request: Request, timeout: number): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new DOMException("No answer in time.", "TimeoutError")), timeout);
  try {
    const signal = AbortSignal.any([request.signal, late.signal]);
    return await whole(await fetch(new Request(request, { signal })));
  } catch (error) {
    if (request.signal.aborted) {
      throw request.signal.reason;
    }
    throw new NetworkError(error);
  } finally {
    clearTimeout(timer);
  }
}

/** Reads an answer in JSON to its end, so that one that breaks off counts as none. Others are read as they come. */
async function whole(response: Response): Promise<Response> {
  const type = response.headers.get("Content-Type") ?? "";
  if (response.body === null || !/^application\/(problem\+)?json\b/.test(type)) {
    return response;
  }
  const { status, statusText, headers } = response;
  return new Response(await response.arrayBuffer(), { status, statusText, headers });
}

/** Whether a request is small enough to be kept until it was answered. A file is sent as it is read. */
export function isWhole(request: Request): boolean {
  const type = request.headers.get("Content-Type");
  return type === null || /^application\/(merge-patch\+)?json\b/.test(type);
}

async function isSafe(request: Request): Promise<boolean> {
  if (request.method === "GET" || request.method === "HEAD") {
    return true;
  }
  if (request.method !== "POST") {
    return false;
  }
  const body: unknown = await request
    .clone()
    .json()
    .catch(() => null);
  return typeof body === "object" && body !== null && "id" in body && typeof body.id === "string";
}

import type { components } from "./schema.js";

/** What the server says went wrong (RFC 9457). */
export type Problem = components["schemas"]["Problem"];

/** A fault in what was sent. */
export interface Fault {
  /** Where, as a JSON pointer; a query key counts as a member. */
  readonly pointer: string;
  /** Stable, for programs. */
  readonly code: string;
  /** For people. */
  readonly detail: string;
  /** Of `personal_data`: what it is that tells who somebody is. What stands there is never told. */
  readonly kind?: components["schemas"]["IdentifierKind"];
  /** Of `personal_data`: where it begins, in Unicode scalars of the text as it would be stored: trimmed, in NFC. */
  readonly offset?: number;
  /** Of `personal_data`: how long it is, in Unicode scalars. */
  readonly length?: number;
}

/** A problem as it is kept with an item of a batch, which has no request of its own. */
export type ProblemDetails = Omit<Problem, "requestId"> & { requestId?: string };

/** The server answered with a problem. */
export class ProblemError extends Error {
  override readonly name: string = "ProblemError";
  readonly status: number;
  /** Stable, for programs, such as `invalid_body`. */
  readonly code: string;
  /** For people. */
  readonly detail: string;
  /** Every fault of what was sent; empty where the problem is another one. */
  readonly errors: readonly Fault[];
  /** What to quote when the problem is reported; null where the answer did not come from the server itself. */
  readonly requestId: string | null;
  /** After how many seconds to try again, where the server said so. */
  readonly retryAfter: number | null;
  /** All of the problem, with the members that some codes have besides. */
  readonly problem: ProblemDetails & Readonly<Record<string, unknown>>;

  constructor(problem: ProblemDetails, retryAfter: number | null = null) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
    this.status = problem.status;
    this.code = problem.code;
    this.detail = problem.detail;
    this.errors = problem.errors ?? [];
    this.requestId = problem.requestId ?? null;
    this.retryAfter = retryAfter;
    this.problem = { ...problem };
  }
}

/** 412: somebody else changed the record meanwhile. Read it, merge, and send the change again. */
export class VersionMismatchError extends ProblemError {
  override readonly name = "VersionMismatchError";
  /** The version that is stored now. */
  readonly storedVersion: number;

  constructor(problem: ProblemDetails, storedVersion: number) {
    super(problem);
    this.storedVersion = storedVersion;
  }
}

/**
 * 410: it is gone for good.
 *
 * From `changes` it means that there is no going on from the position. To start anew: throw away what is held, ask for
 * `latestPosition()`, read the lists, and follow from that position.
 */
export class GoneError extends ProblemError {
  override readonly name = "GoneError";
}

/** Reads the problem of an answer. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const body = await readJson(response);
  const retryAfter = secondsOf(response.headers.get("Retry-After"));
  if (!isProblem(body)) {
    // A proxy in between answers in its own words.
    const detail = response.statusText || "The answer has no problem details.";
    const title = response.statusText || "Error";
    return new ProblemError(
      { type: "about:blank", title, status: response.status, detail, code: "unknown" },
      retryAfter,
    );
  }
  return typed(body, retryAfter);
}

/** The error that fits a problem best. */
export function typed(problem: ProblemDetails, retryAfter: number | null = null): ProblemError {
  const { storedVersion } = problem as { storedVersion?: unknown };
  if (problem.status === 412 && typeof storedVersion === "number") {
    return new VersionMismatchError(problem, storedVersion);
  }
  if (problem.status === 410) {
    return new GoneError(problem);
  }
  return new ProblemError(problem, retryAfter);
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

function isProblem(body: unknown): body is ProblemDetails {
  if (typeof body !== "object" || body === null) {
    return false;
  }
  const { status, code, detail } = body as Partial<Problem>;
  return typeof status === "number" && typeof code === "string" && typeof detail === "string";
}

/** The server gives seconds; a date, which a proxy may give, is not worth more than the usual backing off. */
export function secondsOf(retryAfter: string | null): number | null {
  return retryAfter !== null && /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) : null;
}

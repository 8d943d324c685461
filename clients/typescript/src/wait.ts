/** Waits so long. Rejects with the signal's reason once that is aborted. */
export function wait(milliseconds: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const aborted = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", aborted);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", aborted, { once: true });
  });
}

/** What comes of a promise, unless the signal is aborted before: then its reason. The work itself goes on. */
export function unlessAborted<T>(work: Promise<T>, signal?: AbortSignal | null): Promise<T> {
  if (!signal) {
    return work;
  }
  return new Promise((resolve, reject) => {
    const aborted = (): void => reject(signal.reason);
    if (signal.aborted) {
      aborted();
    }
    signal.addEventListener("abort", aborted, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", aborted));
  });
}

/**
 * How long to wait before attempt number `attempt` (the second one is 1): any time up to a bound that doubles, so that
 * clients that were cut off together do not come back together.
 */
export function backoff(attempt: number, first: number, longest: number): number {
  return Math.random() * Math.min(longest, first * 2 ** (attempt - 1));
}

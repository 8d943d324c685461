import { unlessAborted } from "./wait.js";

const queues = new Map<string, Promise<unknown>>();

/**
 * Does the work while nobody else does work of the same name: in no other tab of the origin where the platform has the Web
 * Locks API, and nowhere in this process otherwise. The signal ends the waiting; the work looks after itself.
 */
export function exclusively<T>(name: string, work: () => Promise<T>, signal?: AbortSignal | null): Promise<T> {
  const locks = globalThis.navigator?.locks;
  if (locks) {
    return locks.request(name, signal ? { signal } : {}, work) as Promise<T>;
  }
  return inThisProcess(name, work, signal);
}

async function inThisProcess<T>(name: string, work: () => Promise<T>, signal?: AbortSignal | null): Promise<T> {
  const before = queues.get(name) ?? Promise.resolve();
  let done = (): void => {};
  const mine = new Promise<void>((resolve) => {
    done = resolve;
  });
  const last = before.then(() => mine);
  queues.set(name, last);
  try {
    await unlessAborted(before, signal);
    return await work();
  } finally {
    done();
    if (queues.get(name) === last) {
      queues.delete(name);
    }
  }
}

/** Those who want to be told of something. */
export class Listeners<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** Returns how to end the listening. */
  add(listener: (value: T) => void): () => void {
    // Each call is a listening of its own, also of a function that listens already.
    const one = (value: T): void => listener(value);
    this.#listeners.add(one);
    return () => this.#listeners.delete(one);
  }

  /** Tells all of them. What one of them throws reaches the program as uncaught, and not whoever tells. */
  tell(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}

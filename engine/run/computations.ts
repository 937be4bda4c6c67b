/** What is being computed, by fingerprint, so that equal instances wait for it and reuse it. */
export class Computations {
  readonly #running = new Map<string, Promise<void>>();

  /** Settles once what is computed under a fingerprint has ended; undefined where nothing is. */
  running(fingerprint: string): Promise<void> | undefined {
    return this.#running.get(fingerprint);
  }

  /** Takes note of a computation that begins, and gives what is to be called at its end. */
  begin(fingerprint: string): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#running.set(fingerprint, promise);
    return () => {
      // A forced instance may have begun beside it.
      if (this.#running.get(fingerprint) === promise) this.#running.delete(fingerprint);
      resolve();
    };
  }
}

/** What is being computed in a run, by fingerprint, so that an equal instance waits for it and reuses it. */
export class Computations {
  readonly #running = new Map<string, Promise<void>>();

  /** Settles once what is being computed with this fingerprint is committed or failed; undefined where nothing is. */
  running(fingerprint: string): Promise<void> | undefined {
    return this.#running.get(fingerprint);
  }

  /** Says that it is being computed from now on; call it in the turn in which `running` gave nothing. @returns ends it. */
  begin(fingerprint: string): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#running.set(fingerprint, promise);
    return () => {
      // Where reuse is not allowed, an equal instance may have begun meanwhile.
      if (this.#running.get(fingerprint) === promise) this.#running.delete(fingerprint);
      resolve();
    };
  }
}

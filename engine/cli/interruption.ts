/** Ctrl-C: once stops the run cleanly, twice at once. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Stops listening. */
  end(): void;
}

/** @param hooks what to do the first time, beside aborting, and the second time. */
export function listenForInterruption(hooks: { readonly once: () => void; readonly twice: () => void }): Interruption {
  const abort = new AbortController();
  const onSignal = () => {
    if (abort.signal.aborted) {
      hooks.twice();
      return;
    }
    hooks.once();
    abort.abort();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, onSignal);
  return {
    signal: abort.signal,
    end: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}

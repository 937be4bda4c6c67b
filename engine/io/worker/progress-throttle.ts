import type { AttemptReport } from "../../run/ports/executor.ts";

/** Milliseconds between two reports of progress: more would only flicker. */
const INTERVAL = 100;

/** Passes on progress at most ten times a second, and always the last. What is no finite number is no progress. */
export function progressThrottle(send: (report: AttemptReport) => void, now: () => number) {
  let held: AttemptReport | undefined;
  let last = Number.NEGATIVE_INFINITY;
  return {
    report(done: number, total: number, message?: string): void {
      // A message between processes would turn NaN into null, which a journal can't hold.
      if (!Number.isFinite(done) || !Number.isFinite(total)) return;
      const report: AttemptReport = { type: "progress", done, total, ...(message === undefined ? {} : { message }) };
      if (now() - last < INTERVAL) {
        held = report;
        return;
      }
      last = now();
      held = undefined;
      send(report);
    },
    flush(): void {
      if (held !== undefined) send(held);
      held = undefined;
    },
  };
}

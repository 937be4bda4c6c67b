import type { Clock } from "@orchestrate/sdk";
import type { Timer } from "../contract.ts";

export interface PacerParts {
  /** Null: as fast as it goes. */
  readonly opsPerSecond: number | null;
  readonly timer: Timer;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** When the replay began, by the timer. */
  readonly startedAt: number;
  /** Milliseconds without an operation after which the replay counts as idle. */
  readonly idleAfter: number;
  /** Called in the midst of a wait that is longer. */
  onIdle(): Promise<void>;
}

/** Waits after each batch until the operations so far are due. */
export function pacer(parts: PacerParts): (operations: number) => Promise<void> {
  const { opsPerSecond, timer, clock, signal, startedAt, idleAfter, onIdle } = parts;
  if (opsPerSecond === null) return async () => {};
  return async (operations) => {
    const wait = (1000 * operations) / opsPerSecond - (timer.now() - startedAt);
    if (wait <= 0) return;
    await clock.sleep(Math.min(wait, idleAfter), signal);
    if (wait <= idleAfter) return;
    await onIdle();
    await clock.sleep(wait - idleAfter, signal);
  };
}

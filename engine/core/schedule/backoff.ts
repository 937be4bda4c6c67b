import type { Retry } from "../pipeline/pipeline.ts";

/**
 * How long to wait before the next attempt, in milliseconds: exponential with equal jitter, so that instances that
 * failed together do not come back together. `random` is from 0 up to 1.
 *
 * Source: M. Brooker, "Exponential Backoff and Jitter", where half is fixed and half random.
 */
export function backoff(retry: Retry, failed: number, random: number): number {
  const ceiling = Math.min(retry.maxDelayMs, retry.delayMs * 2 ** (failed - 1));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}

import type { Clock } from "@orchestrate/sdk";

/** How items that come one by one are put together. */
export interface BatchOptions {
  readonly most: number;
  /** How long the first of a batch waits for others, in milliseconds. */
  readonly waitMs: number;
  readonly clock: Clock;
}

/**
 * Gives what comes in batches: each as soon as it is full, or its first item has waited long enough, or there is no
 * more.
 */
export async function* batches<T>(
  items: AsyncIterable<T>,
  { most, waitMs, clock }: BatchOptions,
): AsyncGenerator<readonly T[]> {
  const iterator = items[Symbol.asyncIterator]();
  for (let next = iterator.next(); ; ) {
    const first = await next;
    if (first.done === true) return;
    const batch = [first.value];
    const full = new AbortController();
    const late = clock.sleep(waitMs, full.signal).then(
      () => "late" as const,
      () => "late" as const,
    );
    next = iterator.next();
    while (batch.length < most) {
      const result = await Promise.race([next, late]);
      if (result === "late" || result.done === true) break;
      batch.push(result.value);
      next = iterator.next();
    }
    full.abort();
    yield batch;
  }
}

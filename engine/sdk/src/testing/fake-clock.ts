import type { Clock } from "../services.ts";

/** Where a fake clock begins, and what its sleeps do. */
export interface FakeClockOptions {
  /** Milliseconds since 1970 at the start; 2026-01-01T00:00:00Z where it is left out. */
  readonly now?: number;
  /** `instant` (default): a sleep moves the clock on and resolves. `held`: it waits for `advance`. */
  readonly sleeps?: "instant" | "held";
}

interface Sleeper {
  readonly due: number;
  wake(): void;
}

/** A clock that moves only when told to. */
export class FakeClock implements Clock {
  readonly #start: number;
  #now: number;
  readonly #sleeps: "instant" | "held";
  #sleepers: Sleeper[] = [];

  constructor({ now = Date.UTC(2026, 0, 1), sleeps = "instant" }: FakeClockOptions = {}) {
    this.#start = now;
    this.#now = now;
    this.#sleeps = sleeps;
  }

  now(): number {
    return this.#now;
  }

  /** As far from 0 as the clock was moved. */
  monotonic(): number {
    return this.#now - this.#start;
  }

  /** How many sleeps are waiting. */
  get waiting(): number {
    return this.#sleepers.length;
  }

  /** Moves the clock on and wakes whoever is due, in the order in which they are due. */
  advance(ms: number): void {
    this.#now += ms;
    const due = this.#sleepers.filter((sleeper) => sleeper.due <= this.#now).sort((a, b) => a.due - b.due);
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper.due > this.#now);
    for (const sleeper of due) sleeper.wake();
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#sleeps === "instant") {
      this.#now += ms;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const sleeper = { due: this.#now + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal.reason);
      });
    });
  }
}

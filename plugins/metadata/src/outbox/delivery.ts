import type { Clock, Log } from "@orchestrate/sdk";
import type { MetadataRecord } from "../record/metadata-record.ts";
import { type DeliveryScope, deliver } from "./deliver.ts";

export interface DeliveryOptions extends DeliveryScope {
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly log: Log;
}

/** Milliseconds to wait after the first failure; twice as long after each further one, up to the most. */
const FIRST_WAIT = 100;
const LONGEST_WAIT = 10_000;

/** Delivers an outbox for as long as it is open, and tries again where the gateway is away. */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #closed = new AbortController();
  readonly #ended: Promise<void>;
  #wake: () => void = () => {};
  #onRoom: (() => void)[] = [];
  #failures = 0;
  #isFinishing = false;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#ended = this.#run();
  }

  /**
   * Puts records into the outbox; they are durable when it resolves. Waits while the outbox is full.
   *
   * @param patience aborts the waiting.
   * @throws OrchestrateError `metadata-outbox-full` once it is aborted.
   */
  async put(records: readonly MetadataRecord[], patience: AbortSignal): Promise<void> {
    const { outbox } = this.#options;
    while (!patience.aborted && !outbox.hasRoom(records)) await this.#room(patience);
    outbox.put(records);
    this.#wake();
  }

  /** Resolves once nothing waits any more, or `patience` aborts: what waits then stays in the outbox. */
  async finish(patience: AbortSignal): Promise<void> {
    this.#isFinishing = true;
    const close = () => {
      this.#closed.abort();
      this.#wake();
    };
    if (patience.aborted) close();
    patience.addEventListener("abort", close);
    this.#wake();
    await this.#ended;
  }

  async #run(): Promise<void> {
    const { signal } = this.#closed;
    while (!signal.aborted) {
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      // Asked before the outbox is emptied: what was put before is delivered before.
      const isLast = this.#isFinishing;
      const isEmpty = await this.#tryOnce(signal);
      if (!isEmpty) continue;
      if (isLast) return;
      await woken;
    }
  }

  /** Whether the outbox is empty; where the gateway is away, false after a while. */
  async #tryOnce(signal: AbortSignal): Promise<boolean> {
    const { clock, random, log } = this.#options;
    try {
      await deliver({ ...this.#options, delivered: () => this.#goOn() }, signal);
      this.#goOn();
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      const most = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures);
      this.#failures += 1;
      log.warn(`The metadata gateway took nothing: ${error instanceof Error ? error.message : String(error)}`);
      await clock.sleep(most / 2 + (random() * most) / 2, signal).catch(() => {});
      return false;
    }
  }

  /** The gateway took something, or there is nothing to take: waits begin anew, and there may be room. */
  #goOn(): void {
    this.#failures = 0;
    for (const hear of this.#onRoom.splice(0)) hear();
  }

  #room(patience: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#onRoom.push(resolve);
      patience.addEventListener("abort", () => resolve(), { once: true });
    });
  }
}

import { dirname } from "node:path";
import type { JournalEvent } from "@orchestrate/manifests";
import type { Clock, FollowedRun, Follower, Log } from "@orchestrate/sdk";
import type { Gateway } from "../gateway.ts";
import { Delivery } from "../outbox/delivery.ts";
import { LateEmitter } from "../outbox/late-emitter.ts";
import { Outbox } from "../outbox/outbox.ts";
import { outboxFile } from "../outbox/outbox-file.ts";
import type { MetadataRecord } from "../record/metadata-record.ts";
import { batches } from "./batches.ts";
import { recordsOf, successIn } from "./read-run.ts";

export interface MetadataFollowerOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Opens the gateway of a run. */
  open(run: FollowedRun): Promise<Gateway>;
}

/** Of events that are told in quick succession, so many go into the outbox at once. */
const BATCH = { most: 1_000, waitMs: 100 };

/** How long to wait for room in a full outbox, in milliseconds. */
const PATIENCE = 2_000;

/** How long to go on delivering once the run has ended, in milliseconds. */
const LAST_DELIVERY = 5_000;

/** Puts what happens in a run into the outbox, and delivers it to the gateway beside that. */
export class MetadataFollower implements Follower {
  readonly #options: MetadataFollowerOptions;
  readonly #ends: (() => Promise<void>)[] = [];

  constructor(options: MetadataFollowerOptions) {
    this.#options = options;
  }

  async follow(run: FollowedRun): Promise<void> {
    const { clock, log, open } = this.#options;
    const outbox = new Outbox(outboxFile(dirname(run.directory)));
    const gateway = new LateEmitter(() => open(run));
    const delivery = new Delivery({ outbox, gateway, reach: () => {}, clock, random: Math.random, log });
    this.#ends.push(async () => {
      await delivery.finish(AbortSignal.timeout(LAST_DELIVERY));
      await gateway.close();
      outbox.close();
    });
    let isSuccessTold = false;
    for await (const events of batches(run.events, { ...BATCH, clock })) {
      isSuccessTold ||= events.some((event) => event.type === "run-finished" && event.outcome === "succeeded");
      for await (const records of this.#recordsOf(events, run.directory))
        await delivery.put(records, AbortSignal.timeout(PATIENCE));
    }
    // An engine that was killed may have finished the run and not told so.
    const last = isSuccessTold ? [] : successIn(run.directory);
    if (last.length > 0) await delivery.put(last, AbortSignal.timeout(PATIENCE));
  }

  /** Delivers what waits, as far as that can be done in some seconds. */
  async dispose(): Promise<void> {
    for (const end of this.#ends.splice(0)) await end();
  }

  /**
   * Gives them in batches. What can't be read is told and left out: the run's manifests may be looked at again later.
   */
  async *#recordsOf(events: readonly JournalEvent[], directory: string): AsyncGenerator<readonly MetadataRecord[]> {
    let batch: MetadataRecord[] = [];
    for (const event of events) {
      try {
        for await (const records of recordsOf(event, directory)) {
          batch.push(...records);
          if (batch.length < BATCH.most) continue;
          yield batch;
          batch = [];
        }
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        this.#options.log.error(`No records of ${event.type}: ${why}`);
      }
    }
    if (batch.length > 0) yield batch;
  }
}

import type { Log } from "@orchestrate/sdk";
import { runHash } from "./runtime/run-hash.ts";
import type { RuntimeModel } from "./runtime/runtime-model.ts";
import { scheduleOf } from "./runtime/runtime-model.ts";
import { resolveSeeds, type Seeds } from "./runtime/seed-pack.ts";
import type { Distance } from "./space/distance.ts";
import type { AnySpace } from "./space/open-space.ts";
import type { StrategyRegistry } from "./strategies/strategy-registry.ts";
import { BatchLog } from "./telemetry/batch-log.ts";
import type { TelemetryRecord } from "./telemetry/telemetry-record.ts";
import type { ConflictContext } from "./tree/conflict-context.ts";
import type { ConflictGraph } from "./tree/conflict-graph.ts";
import type { BuildOptions } from "./tree/insert-options.ts";

/** Numbers of the points from which on a build on two threads was faster than on one (bench/cover-tree/README.md). */
export const WORTH_THREADS = 2_500_000;

/** What a step that puts points into a tree brings along. */
export interface InsertionContext {
  readonly step: TelemetryRecord["step"];
  readonly config: RuntimeModel;
  /** Derived from the run's. */
  readonly seeds: Seeds;
  readonly services: { readonly conflicts: StrategyRegistry<ConflictContext, ConflictGraph> };
  readonly log: Log;
  /** That it may use. */
  readonly threads: number;
  readonly progress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Prepares what a step needs to put points into a tree: the options, and the log of its batches.
 *
 * @param before points that are in the tree already, and `coming` those that are to be put in.
 */
export function prepareInsertion(
  context: InsertionContext,
  distance: Distance,
  space: AnySpace,
  before: number,
  coming: number,
): { readonly options: BuildOptions; readonly batches: BatchLog; readonly seeds: Seeds; readonly runHash: string } {
  const { config, services, log } = context;
  const seeds = resolveSeeds(config.seeds, context.seeds);
  const hashes = runHash(config, distance, seeds);
  const conflict = services.conflicts.select({ metric: space.metric, count: space.count }, (message) =>
    log.warn(message),
  );
  const header = {
    run_hash: hashes.runHash,
    runtime_digest: hashes.runtimeDigest,
    step: context.step,
    distance: distance.name,
    conflict: conflict.name,
    seeds,
  };
  const batches = new BatchLog(header, config, before, log);
  let done = 0;
  const options: BuildOptions = {
    base: config.base,
    // Without the triangle inequality no bound holds, and there is nothing to sort by: all points are leaves of the
    // first.
    leafSize: space.metric ? config.leafSize : Number.POSITIVE_INFINITY,
    schedule: scheduleOf(config),
    conflictGraph: conflict.made,
    seed: seeds.mis,
    onBatch(record) {
      batches.add(record);
      done += record.size;
      context.progress(done, coming);
    },
    threads: { most: context.threads, least: WORTH_THREADS },
    signal: context.signal,
  };
  return { options, batches, seeds, runHash: hashes.runHash };
}

import { DELETE, GET, PUT, type RowBatch } from "../workload/row-batch.ts";
import type { BatchTrace } from "./execute-batch.ts";
import { LatencyHistogram } from "./latency-histogram.ts";
import { ProbeHistogram } from "./probe-histogram.ts";

/** Counts what was seen of batches. */
export class Recorder {
  /** Latencies by operation: puts, gets, deletes. */
  readonly latency = [new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram()] as const;
  readonly probes = new ProbeHistogram();
  /** Gets that found their key. */
  hits = 0;
  /** Deletes that found theirs. */
  removed = 0;

  get operations(): number {
    return this.latency[PUT].count + this.latency[GET].count + this.latency[DELETE].count;
  }

  record({ operations, count }: RowBatch, { times, probes, found }: BatchTrace): void {
    for (let row = 0; row < count; row++) {
      const operation = operations[row]!;
      const nanoseconds = Math.round((times[row + 1]! - times[row]!) * 1e6);
      this.latency[operation as 0 | 1 | 2].record(nanoseconds);
      this.probes.record(probes[row + 1]! - probes[row]!);
      if (operation === GET) this.hits += found[row]!;
      else if (operation === DELETE) this.removed += found[row]!;
    }
  }
}

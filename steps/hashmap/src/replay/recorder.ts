import { DELETE, GET, PUT, type RowBatch } from "../workload/row-batch.ts";
import type { BatchTrace } from "./execute-batch.ts";
import { LatencyHistogram } from "./latency-histogram.ts";
import { ProbeHistogram } from "./probe-histogram.ts";

/** Counts what was seen of batches. */
export class Recorder {
  /** Latencies by operation: puts, gets, deletes. */
  readonly latency = [new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram()] as const;
  /** Of looks at the clock alone. */
  readonly clock = new LatencyHistogram();
  readonly probes = new ProbeHistogram();
  /** Gets that found their key. */
  hits = 0;
  /** Deletes that found theirs. */
  removed = 0;

  get operations(): number {
    return this.latency[PUT].count + this.latency[GET].count + this.latency[DELETE].count;
  }

  record({ operations, count }: RowBatch, { times, probes, found }: BatchTrace): void {
    const [puts, gets, deletes] = this.latency;
    for (let row = 0; row < count; row++) {
      const operation = operations[row]!;
      const nanoseconds = Math.round((times[row + 1]! - times[row]!) * 1e6);
      if (operation === GET) {
        gets.record(nanoseconds);
        this.hits += found[row]!;
      } else if (operation === PUT) {
        puts.record(nanoseconds);
      } else {
        deletes.record(nanoseconds);
        this.removed += found[row]!;
      }
      this.probes.record(probes[row + 1]! - probes[row]!);
    }
  }
}

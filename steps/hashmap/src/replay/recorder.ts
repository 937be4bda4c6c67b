import { RowMemory } from "../compiled/row-memory.ts";
import type { BatchTrace } from "../map/execute-batch.ts";
import { BATCH_ROWS, DELETE, GET, PUT, type RowBatch } from "../workload/row-batch.ts";
import { HISTOGRAM_BYTES, LatencyHistogram } from "./latency-histogram.ts";
import { ProbeHistogram } from "./probe-histogram.ts";

/** Probes above this are counted as this. */
const MOST_PROBES = 1023;

/** Counts what was seen of batches. */
export class Recorder {
  /** Where a batch that is carried out leaves what was seen of it. */
  readonly trace: BatchTrace;
  /** Latencies by operation: puts, gets, deletes. */
  readonly latency: readonly [LatencyHistogram, LatencyHistogram, LatencyHistogram];
  /** Of looks at the clock alone. */
  readonly clock: LatencyHistogram;
  readonly probes: ProbeHistogram;
  readonly #memory = new RowMemory(65_536);
  readonly #operations = this.#memory.bytes(BATCH_ROWS);
  readonly #latencies = this.#memory.bytes(3 * HISTOGRAM_BYTES);
  readonly #probeCounts = this.#memory.integers(MOST_PROBES + 1);
  /** All probes; then the rows that found their key, by operation. */
  readonly #totals = this.#memory.doubles(4);
  readonly #overallPlace = this.#memory.bytes(HISTOGRAM_BYTES);
  readonly #overall = this.#histogram(this.#overallPlace);
  readonly #clockPlace = this.#memory.bytes(HISTOGRAM_BYTES);

  constructor() {
    this.trace = {
      times: this.#memory.doubles(BATCH_ROWS + 1),
      probes: this.#memory.doubles(BATCH_ROWS + 1),
      found: this.#memory.bytes(BATCH_ROWS),
    };
    const latencyOf = (operation: number) =>
      this.#histogram(this.#latencies.subarray(operation * HISTOGRAM_BYTES, (operation + 1) * HISTOGRAM_BYTES));
    this.latency = [latencyOf(PUT), latencyOf(GET), latencyOf(DELETE)];
    this.clock = this.#histogram(this.#clockPlace);
    this.probes = new ProbeHistogram(this.#probeCounts, this.#totals);
  }

  get operations(): number {
    return this.latency[PUT].count + this.latency[GET].count + this.latency[DELETE].count;
  }

  /** Gets that found their key. */
  get hits(): number {
    return this.#totals[1 + GET]!;
  }

  /** Latencies of all operations so far; the same object every time. */
  overall(): LatencyHistogram {
    this.#memory.code.sumUp(this.#overallPlace.byteOffset, this.#latencies.byteOffset, this.latency.length);
    return this.#overall;
  }

  /** Counts what `trace` says of a batch. */
  record({ operations, count }: RowBatch): void {
    this.#operations.set(operations);
    const { times, probes, found } = this.trace;
    this.#memory.code.record(
      count,
      this.#operations.byteOffset,
      times.byteOffset,
      probes.byteOffset,
      found.byteOffset,
      this.#latencies.byteOffset,
      this.#probeCounts.byteOffset,
      MOST_PROBES,
      this.#totals.byteOffset,
    );
  }

  /** Counts in `clock` what `trace.times` says of looks at it: one after the other, until it is full. */
  recordLooks(): void {
    const { times } = this.trace;
    this.#memory.code.recordLooks(times.length, times.byteOffset, this.#clockPlace.byteOffset);
  }

  #histogram(place: Uint8Array): LatencyHistogram {
    return new LatencyHistogram(this.#memory.code, place);
  }
}

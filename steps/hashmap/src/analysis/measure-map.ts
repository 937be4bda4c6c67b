import type { Timer } from "../contract.ts";
import { createMap } from "../map/create-map.ts";
import type { MapOptions } from "../map/map-options.ts";
import { Recorder } from "../replay/recorder.ts";
import type { RowBatch } from "../workload/row-batch.ts";
import { emptyWorkload } from "../workload/workload-error.ts";

/** What one replay without ticks measured. Times in nanoseconds; each includes one look at the clock. */
export interface Measurement {
  readonly operations: number;
  /** The sum of all latencies over the number of operations. */
  readonly nsPerOp: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly memoryBytes: number;
  readonly entries: number;
  readonly probesMean: number;
  readonly migrations: number;
  readonly compactions: number;
}

/** Carries the batches out on a new map. @throws StepError `workload-empty`. */
export async function measureMap(
  batches: AsyncIterable<RowBatch>,
  options: MapOptions,
  seed: number,
  timer: Timer,
): Promise<Measurement> {
  const changes = { switch: 0, resize: 0, compaction: 0 };
  const map = createMap(options, seed);
  map.listen(({ type }) => {
    changes[type]++;
  });
  const recorder = new Recorder();
  for await (const batch of batches) {
    map.execute(batch, timer, recorder.trace);
    recorder.record(batch);
  }
  const overall = recorder.overall();
  const { p50, p99, max } = overall.percentiles();
  const operations = overall.count;
  if (operations === 0) throw emptyWorkload();
  return {
    operations,
    nsPerOp: overall.sum / operations,
    p50,
    p99,
    max,
    memoryBytes: map.allocatedBytes,
    entries: map.size,
    probesMean: recorder.probes.sum / operations,
    migrations: changes.switch,
    compactions: changes.compaction,
  };
}

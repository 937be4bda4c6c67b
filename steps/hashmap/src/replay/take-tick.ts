import type { HashMap } from "../map/hash-map.ts";
import { DELETE, GET, PUT } from "../workload/row-batch.ts";
import { heatmap } from "./heatmap.ts";
import type { LatencyHistogram, Percentiles } from "./latency-histogram.ts";
import type { Recorder } from "./recorder.ts";
import type { Tick } from "./tick.ts";

/** Upper bounds of the published latency buckets, in nanoseconds: 64 ns doubled up to 67 ms. */
const BOUNDS = Array.from({ length: 21 }, (_, power) => 64 * 2 ** power);

/** What a tick says that neither the map nor the recorder knows. */
export interface TickFrame {
  readonly t: number;
  readonly state: Tick["state"];
  /** Operations a second since the tick before, and their moving average. */
  readonly instant: number;
  readonly ema: number;
  readonly changes: { readonly switch: number; readonly resize: number; readonly compaction: number };
}

/** A tick without events and alerts. */
export function takeTick(map: HashMap, recorder: Recorder, frame: TickFrame): Omit<Tick, "events" | "alerts"> {
  const { latency } = recorder;
  const { table, retired } = map;
  const by = <T>(of: (histogram: LatencyHistogram) => T) => ({
    put: of(latency[PUT]),
    get: of(latency[GET]),
    del: of(latency[DELETE]),
  });
  const counts = by(({ count }) => count);
  return {
    schema: "metrics.v1",
    t: frame.t,
    state: frame.state,
    backend: table.kind,
    migrating: retired !== undefined,
    ops: recorder.operations,
    ops_by_type: counts,
    puts: counts.put,
    gets: counts.get,
    dels: counts.del,
    hits: recorder.hits,
    entries: map.size,
    capacity: table.capacity,
    memory_bytes: map.allocatedBytes,
    load_factor: Math.min(1, map.size / table.capacity),
    migrations: frame.changes.switch,
    resizes: frame.changes.resize,
    compactions: frame.changes.compaction,
    max_group_len: table.longestGroup,
    avg_probe_estimate: table.averageDistance,
    tombstone_ratio: retired?.tombstoneRatio ?? table.tombstoneRatio,
    dead_ratio: map.deadRatio,
    ops_per_second_instant: frame.instant,
    ops_per_second_ema: frame.ema,
    latency_ms: {
      overall: inMilliseconds(recorder.overall().percentiles()),
      ...by((each) => inMilliseconds(each.percentiles())),
    },
    latency_sum_ms: by(({ sum }) => sum / 1e6),
    latency_hist_ms: by(buckets),
    latency_clock_ms: inMilliseconds(recorder.clock.percentiles()),
    probe_hist: recorder.probes.pairs(recorder.operations),
    probe_sum: recorder.probes.sum,
    key_heatmap: heatmap(table),
  };
}

function buckets(histogram: LatencyHistogram): { le: number | "+Inf"; count: number }[] {
  const counts = histogram.cumulative(BOUNDS);
  return [
    ...BOUNDS.map((bound, index) => ({ le: bound / 1e6, count: counts[index]! })),
    { le: "+Inf", count: histogram.count },
  ];
}

function inMilliseconds({ p50, p90, p99, p999, max }: Percentiles): Percentiles {
  return { p50: p50 / 1e6, p90: p90 / 1e6, p99: p99 / 1e6, p999: p999 / 1e6, max: max / 1e6 };
}

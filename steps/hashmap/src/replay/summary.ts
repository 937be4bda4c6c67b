import { json, ndjson, z } from "@orchestrate/sdk";
import { MapOptions } from "../map/map-options.ts";
import { Alert, Tick, TickEvent } from "./tick.ts";

const { latency_ms, latency_clock_ms, probe_hist } = Tick.shape;

/** What came of a replay, `metrics.summary.v1`. */
export const Summary = z.strictObject({
  schema: z.literal("metrics.summary.v1"),
  /** The map's backend as it was asked for, and the kind of table it ended with. */
  backend: MapOptions.shape.backend.unwrap(),
  hash: MapOptions.shape.hash.unwrap(),
  final_backend: Tick.shape.backend,
  total_ops: z.number().int(),
  /** From the first byte read to the last tick: parsing, measuring and ticks included. */
  elapsed_seconds: z.number(),
  ops_per_second: z.number(),
  /** The sum of all latencies. */
  map_seconds: z.number(),
  entries: z.number().int(),
  memory_bytes: z.number().int(),
  hits: z.number().int(),
  migrations_triggered: z.number().int(),
  resizes_triggered: z.number().int(),
  compactions_triggered: z.number().int(),
  latency_ms,
  latency_clock_ms,
  /** Entries looked at by a lookup, on average and by count. */
  probes_mean: z.number(),
  probe_hist,
  /** Every alert that was raised, as it was then. */
  alerts: z.array(Alert),
  events: z.array(TickEvent),
});
export type Summary = z.infer<typeof Summary>;

// The first replay of a process takes as long to check its summary as to carry out a hundred thousand operations, and
// any replay takes as long for each of its ticks as for a thousand: readers do it.

export const summaryArtifact = json("summary.json", Summary, { kind: "hashmap/summary", checked: "when-read" });
export const metricsArtifact = ndjson("metrics.ndjson", Tick, { kind: "hashmap/metrics", checked: "when-read" });

/** Sums a replay up from its last tick, and from the alerts and events of all. */
export function summarize(
  last: Tick,
  { backend, hash }: Pick<Summary, "backend" | "hash">,
  alerts: readonly Alert[],
  events: readonly TickEvent[],
): Summary {
  const { put, get, del } = last.latency_sum_ms;
  return {
    schema: "metrics.summary.v1",
    backend,
    hash,
    final_backend: last.backend,
    total_ops: last.ops,
    elapsed_seconds: last.t,
    ops_per_second: last.t === 0 ? 0 : last.ops / last.t,
    map_seconds: (put + get + del) / 1000,
    entries: last.entries,
    memory_bytes: last.memory_bytes,
    hits: last.hits,
    migrations_triggered: last.migrations,
    resizes_triggered: last.resizes,
    compactions_triggered: last.compactions,
    latency_ms: last.latency_ms,
    latency_clock_ms: last.latency_clock_ms,
    probes_mean: last.ops === 0 ? 0 : last.probe_sum / last.ops,
    probe_hist: last.probe_hist,
    alerts: [...alerts],
    events: [...events],
  };
}

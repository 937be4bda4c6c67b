import { z } from "@orchestrate/sdk";
import { TABLE_KINDS } from "../map/table.ts";

const count = z.number().int().nonnegative();
const amount = z.number().nonnegative();
const byOperation = <T extends z.ZodType>(schema: T) => z.strictObject({ put: schema, get: schema, del: schema });

const Percentiles = z
  .strictObject({ p50: amount, p90: amount, p99: amount, p999: amount, max: amount })
  .refine(({ p50, p90, p99, p999, max }) => p50 <= p90 && p90 <= p99 && p99 <= p999 && p999 <= max, {
    message: "percentiles must ascend",
  });

const Bucket = z.strictObject({ le: z.union([amount, z.literal("+Inf")]), count });

export const TickEvent = z.discriminatedUnion("type", [
  z.strictObject({ type: z.enum(["start", "idle", "resume", "complete"]), t: amount }),
  z.strictObject({ type: z.literal("switch"), t: amount, from: z.string(), to: z.string(), reason: z.string() }),
  z.strictObject({
    type: z.literal("resize"),
    t: amount,
    backend: z.string(),
    reason: z.string(),
    capacity: count,
  }),
  z.strictObject({ type: z.literal("compaction"), t: amount, backend: z.string(), source: z.string() }),
  z.strictObject({ type: z.enum(["alert", "alert-cleared"]), t: amount, metric: z.string(), value: amount }),
]);
export type TickEvent = z.infer<typeof TickEvent>;

export const Alert = z.strictObject({
  metric: z.string(),
  value: amount,
  threshold: amount,
  severity: z.literal("warning"),
  backend: z.string(),
  message: z.string(),
});
export type Alert = z.infer<typeof Alert>;

export const Heatmap = z.strictObject({
  rows: count,
  cols: count,
  matrix: z.array(z.array(count)),
  max: count,
  total: count,
  /** Slots or buckets in a cell. */
  slot_span: count,
  original_slots: count,
});

/**
 * One tick of a replay, `metrics.v1`. Counts are since the start. Times: `t` in seconds, latencies in milliseconds;
 * each latency includes one look at the clock, whose own distribution is `latency_clock_ms`. Within v1 fields are only
 * added.
 */
export const Tick = z.strictObject({
  schema: z.literal("metrics.v1"),
  t: amount,
  state: z.enum(["running", "idle", "complete"]),
  backend: z.enum(TABLE_KINDS),
  /** Whether entries are still being moved into that table. */
  migrating: z.boolean(),
  ops: count,
  ops_by_type: byOperation(count),
  puts: count,
  gets: count,
  dels: count,
  hits: count,
  entries: count,
  capacity: count,
  memory_bytes: count,
  load_factor: z.number().min(0).max(1),
  /** Changes of the kind of table. */
  migrations: count,
  /** Changes of its capacity alone. */
  resizes: count,
  compactions: count,
  max_group_len: count,
  /** The mean distance of an entry from its home; kept exactly, whatever the name says. */
  avg_probe_estimate: amount,
  /** Of the table that is being drained: places whose entry has left. */
  tombstone_ratio: z.number().min(0).max(1),
  /** Share of the arena's written bytes that no live record takes. */
  dead_ratio: z.number().min(0).max(1),
  ops_per_second_instant: amount,
  ops_per_second_ema: amount,
  latency_ms: z.strictObject({ overall: Percentiles, put: Percentiles, get: Percentiles, del: Percentiles }),
  latency_sum_ms: byOperation(amount),
  latency_hist_ms: byOperation(z.array(Bucket)),
  latency_clock_ms: Percentiles,
  /** Lookups by the entries that they looked at. */
  probe_hist: z.array(z.tuple([count, count])),
  probe_sum: count,
  key_heatmap: Heatmap,
  /** Since the tick before. */
  events: z.array(TickEvent),
  /** Those that hold now. */
  alerts: z.array(Alert),
});
export type Tick = z.infer<typeof Tick>;

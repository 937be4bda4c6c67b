import { Counter, Gauge, Registry } from "prom-client";
import type { Tick } from "../replay/tick.ts";
import { FixedHistogram } from "./fixed-histogram.ts";

const PROBE_BOUNDS = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64, 128];
const OPERATIONS = ["put", "get", "del"] as const;
const ALERTS = ["load_factor", "avg_probe_estimate", "tombstone_ratio", "dead_ratio"] as const;

/** A tick in Prometheus's text format, in its base units: seconds, bytes. */
export function prometheusText(tick: Tick): Promise<string> {
  const registry = new Registry();
  const counter = counters(registry);
  const gauge = gauges(registry);
  counter("hashmap_operations_total", "Operations carried out.", byOperation(tick.ops_by_type));
  counter("hashmap_hits_total", "Gets that found their key.", [{ value: tick.hits }]);
  counter("hashmap_migrations_total", "Changes of the kind of table.", [{ value: tick.migrations }]);
  counter("hashmap_resizes_total", "Changes of the table's capacity alone.", [{ value: tick.resizes }]);
  counter("hashmap_compactions_total", "Compactions of the arena.", [{ value: tick.compactions }]);
  gauge("hashmap_elapsed_seconds", "Time since the replay began.", [{ value: tick.t }]);
  gauge("hashmap_entries", "Entries in the map.", [{ value: tick.entries }]);
  gauge("hashmap_capacity_slots", "Slots or buckets of the table.", [{ value: tick.capacity }]);
  gauge("hashmap_memory_bytes", "Bytes that tables and arena have allocated.", [{ value: tick.memory_bytes }]);
  gauge("hashmap_load_factor", "Entries for each slot or bucket.", [{ value: tick.load_factor }]);
  gauge("hashmap_max_group_length", "Entries in the longest list.", [{ value: tick.max_group_len }]);
  gauge("hashmap_average_probe_distance", "Mean distance of an entry from its home.", [
    { value: tick.avg_probe_estimate },
  ]);
  gauge("hashmap_tombstone_ratio", "Share of places of a drained table whose entry has left.", [
    { value: tick.tombstone_ratio },
  ]);
  gauge("hashmap_dead_ratio", "Share of the arena that no live record takes.", [{ value: tick.dead_ratio }]);
  gauge("hashmap_migrating", "1 while entries are moved to another table.", [{ value: tick.migrating ? 1 : 0 }]);
  gauge("hashmap_operations_per_second", "Moving average of the rate of operations.", [
    { value: tick.ops_per_second_ema },
  ]);
  gauge("hashmap_backend_info", "The kind of table.", [{ labels: { backend: tick.backend }, value: 1 }]);
  gauge(
    "hashmap_watchdog_alert_active",
    "1 while a watchdog threshold is exceeded.",
    ALERTS.map((metric) => ({
      labels: { metric },
      value: tick.alerts.some((alert) => alert.metric === metric) ? 1 : 0,
    })),
  );
  registry.registerMetric(latency(tick));
  registry.registerMetric(probeLength(tick));
  return registry.metrics();
}

interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

function counters(registry: Registry) {
  return (name: string, help: string, samples: readonly Sample[]) => {
    const metric = new Counter({ name, help, registers: [registry], labelNames: labelsOf(samples) });
    for (const { labels, value } of samples) metric.inc(labels ?? {}, value);
  };
}

function gauges(registry: Registry) {
  return (name: string, help: string, samples: readonly Sample[]) => {
    const metric = new Gauge({ name, help, registers: [registry], labelNames: labelsOf(samples) });
    for (const { labels, value } of samples) metric.set(labels ?? {}, value);
  };
}

function labelsOf(samples: readonly Sample[]): string[] {
  return Object.keys(samples[0]?.labels ?? {});
}

function byOperation(counts: Tick["ops_by_type"]): Sample[] {
  return OPERATIONS.map((operation) => ({ labels: { operation }, value: counts[operation] }));
}

function latency(tick: Tick): FixedHistogram {
  return new FixedHistogram(
    "hashmap_latency_seconds",
    "Time of an operation, one look at the clock included.",
    OPERATIONS.map((operation) => ({
      labels: { operation },
      buckets: tick.latency_hist_ms[operation].map(({ le, count }) => ({ le: inSeconds(le), count })),
      sum: tick.latency_sum_ms[operation] / 1000,
    })),
  );
}

/** Bounds are whole nanoseconds; dividing by a thousand would leave a tail of digits. */
function inSeconds(le: number | "+Inf"): number | "+Inf" {
  return le === "+Inf" ? le : Math.round(le * 1e6) / 1e9;
}

function probeLength({ probe_hist, probe_sum }: Tick): FixedHistogram {
  const upTo = (bound: number) => probe_hist.reduce((sum, [probes, count]) => sum + (probes <= bound ? count : 0), 0);
  return new FixedHistogram("hashmap_probe_length", "Entries that a lookup looked at.", [
    {
      labels: {},
      buckets: [...PROBE_BOUNDS.map((le) => ({ le, count: upTo(le) })), { le: "+Inf" as const, count: upTo(Infinity) }],
      sum: probe_sum,
    },
  ]);
}

import { z } from "@orchestrate/sdk";
import type { Alert, Tick } from "./tick.ts";

const threshold = (value: number) => z.number().positive().nullable().default(value);

/** At or above which values an alert is raised; null turns one off. */
export const WatchdogThresholds = z.strictObject({
  loadFactor: threshold(0.9),
  averageProbe: threshold(8),
  tombstoneRatio: threshold(0.35),
  deadRatio: threshold(0.35),
});
export type WatchdogThresholds = z.infer<typeof WatchdogThresholds>;

type Watched = Pick<Tick, "backend" | "load_factor" | "avg_probe_estimate" | "tombstone_ratio" | "dead_ratio">;

/** The alerts that hold at a tick. */
export function alertsAt(tick: Watched, thresholds: WatchdogThresholds): Alert[] {
  return RULES.flatMap(({ metric, name, limit }) => {
    const value = tick[metric];
    const threshold = thresholds[limit];
    if (threshold === null || value < threshold) return [];
    const message = `${name} guardrail exceeded: ${value.toFixed(3)} >= ${threshold}`;
    return [{ metric, value, threshold, severity: "warning" as const, backend: tick.backend, message }];
  });
}

const RULES = [
  { metric: "load_factor", name: "Load factor", limit: "loadFactor" },
  { metric: "avg_probe_estimate", name: "Average probe", limit: "averageProbe" },
  { metric: "tombstone_ratio", name: "Tombstone ratio", limit: "tombstoneRatio" },
  { metric: "dead_ratio", name: "Dead ratio", limit: "deadRatio" },
] as const;

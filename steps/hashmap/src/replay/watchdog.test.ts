import { describe, expect, it } from "vitest";
import { alertEdges } from "./alert-edges.ts";
import { alertsAt, WatchdogThresholds } from "./watchdog.ts";

const calm = {
  backend: "robin-hood",
  load_factor: 0.5,
  avg_probe_estimate: 1,
  tombstone_ratio: 0,
  dead_ratio: 0,
} as const;
const thresholds = WatchdogThresholds.parse({});

describe("the watchdog", () => {
  it.each([
    ["load_factor", 0.9, "Load factor guardrail exceeded: 0.900 >= 0.9"],
    ["avg_probe_estimate", 8.25, "Average probe guardrail exceeded: 8.250 >= 8"],
    ["tombstone_ratio", 0.4, "Tombstone ratio guardrail exceeded: 0.400 >= 0.35"],
    ["dead_ratio", 0.35, "Dead ratio guardrail exceeded: 0.350 >= 0.35"],
  ] as const)("raises %s at its threshold", (metric, value, message) => {
    const [alert, ...others] = alertsAt({ ...calm, [metric]: value }, thresholds);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ metric, value, severity: "warning", backend: "robin-hood", message });
  });

  it("says nothing below them, and nothing of what is turned off", () => {
    expect(alertsAt({ ...calm, load_factor: 0.8999 }, thresholds)).toEqual([]);
    expect(alertsAt({ ...calm, load_factor: 0.99 }, { ...thresholds, loadFactor: null })).toEqual([]);
  });

  it("tells only beginnings and ends", () => {
    const high = alertsAt({ ...calm, load_factor: 0.95 }, thresholds);
    const higher = alertsAt({ ...calm, load_factor: 0.97, dead_ratio: 0.5 }, thresholds);
    expect(alertEdges([], high)).toEqual({ raised: high, cleared: [] });
    expect(alertEdges(high, higher).raised.map(({ metric }) => metric)).toEqual(["dead_ratio"]);
    expect(alertEdges(higher, []).cleared).toEqual(higher);
  });
});

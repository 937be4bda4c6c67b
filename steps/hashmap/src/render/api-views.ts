import type { Tick } from "../replay/tick.ts";

/** What the JSON API shows of a tick, by path below `/api/metrics`; nothing is computed anew. */
export const API_VIEWS = {
  "": (tick: Tick) => tick,
  "/histogram/latency": (tick: Tick) => ({
    schema: "metrics.latency_histogram.v1",
    t: tick.t,
    latency_ms: tick.latency_ms,
    latency_hist_ms: tick.latency_hist_ms,
    latency_sum_ms: tick.latency_sum_ms,
    latency_clock_ms: tick.latency_clock_ms,
  }),
  "/histogram/probe": (tick: Tick) => ({
    schema: "metrics.probe_histogram.v1",
    t: tick.t,
    probe_hist: tick.probe_hist,
    probe_sum: tick.probe_sum,
  }),
  "/heatmap": (tick: Tick) => ({ schema: "metrics.key_heatmap.v1", t: tick.t, ...tick.key_heatmap }),
} as const;

import type { LineChart } from "./line-chart.ts";
import type { ReportedReplay } from "./report-content.ts";

const PERCENTILES = ["p50", "p90", "p99", "p999", "max"] as const;
const MOST_PROBES = 16;

/** The charts of replays side by side; none where there are no replays. */
export function reportCharts(replays: readonly ReportedReplay[]): LineChart[] {
  if (replays.length === 0) return [];
  const lines = (points: (replay: ReportedReplay) => readonly (readonly [number, number])[]) =>
    replays.map((replay) => ({ name: replay.name, points: points(replay) }));
  return [
    {
      title: "Operations a second",
      x: "seconds",
      y: "ops/s",
      scale: "linear",
      lines: lines(({ points }) => points.slice(1).map(({ t, opsPerSecond }) => [t, opsPerSecond])),
    },
    {
      title: "Latency by percentile",
      x: "percentile",
      y: "nanoseconds",
      scale: "logarithmic",
      names: ["p50", "p90", "p99", "p99.9", "max"],
      lines: lines(({ summary }) => PERCENTILES.map((name, at) => [at, summary.latency_ms.overall[name] * 1e6])),
    },
    {
      title: `Probes of a lookup (above ${MOST_PROBES} left out)`,
      x: "probes",
      y: "share of lookups, %",
      scale: "linear",
      lines: lines(({ summary }) =>
        summary.probe_hist
          .filter(([probes]) => probes <= MOST_PROBES)
          .map(([probes, count]) => [probes, (100 * count) / summary.total_ops]),
      ),
    },
    {
      title: "Memory",
      x: "seconds",
      y: "MiB",
      scale: "linear",
      lines: lines(({ points }) => points.map(({ t, memoryBytes }) => [t, memoryBytes / 2 ** 20])),
    },
  ];
}

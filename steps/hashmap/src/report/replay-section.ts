import { duration, memory } from "../quantities.ts";
import { shortNumber } from "./axis.ts";
import type { ReportedReplay } from "./report-content.ts";
import type { ReportSection } from "./report-section.ts";

/** Replays side by side, and what the watchdog said of them. */
export function replaySection(replays: readonly ReportedReplay[]): ReportSection {
  const [first] = replays;
  if (first === undefined) return { heading: "Replays", sentences: ["There are none."], table: [] };
  const most = Math.max(...replays.map(({ summary }) => summary.ops_per_second));
  const alerts = replays.flatMap(({ name, summary }) => summary.alerts.map(({ message }) => `${name}: ${message}.`));
  const header = [
    "replay",
    "operations",
    "ops/s",
    "of best",
    "p50",
    "p99",
    "max",
    "memory",
    "probes",
    "ended as",
    "switches",
  ];
  const rows = replays.map(({ name, summary }) => {
    const { p50, p99, max } = summary.latency_ms.overall;
    return [
      name,
      `${summary.total_ops}`,
      shortNumber(summary.ops_per_second),
      most === 0 ? "–" : `${Math.round((100 * summary.ops_per_second) / most)} %`,
      duration(p50 * 1e6),
      duration(p99 * 1e6),
      duration(max * 1e6),
      memory(summary.memory_bytes),
      summary.probes_mean.toFixed(2),
      summary.final_backend,
      `${summary.migrations_triggered}`,
    ];
  });
  const clock = duration(first.summary.latency_clock_ms.p50 * 1e6);
  const sentences = [
    `Every operation was timed; each time includes one look at the clock, which takes ${clock} (median).`,
  ];
  return { heading: "Replays", sentences: [...sentences, ...alerts], table: [header, ...rows] };
}

import type { ProfileReport } from "../analysis/profile-report.ts";
import { counted, duration, memory } from "../quantities.ts";
import type { ReportSection } from "./report-section.ts";

/** What every backend took, and which one is recommended. */
export function profileSection({ rows, rounds, measurements, recommendation }: ProfileReport): ReportSection {
  return {
    heading: "Profile",
    sentences: [
      `Recommended: ${recommendation.backend}. ${recommendation.because}`,
      `Measured on ${counted(rows, "row")} in ${counted(rounds, "round")}; medians.`,
    ],
    table: [
      ["backend", "an operation", "from – to", "p99", "memory", "probes"],
      ...measurements.map(({ backend, ns_per_op, p99_ns, memory_bytes, probes_mean }) => [
        backend,
        duration(ns_per_op.median),
        `${duration(ns_per_op.least)} – ${duration(ns_per_op.most)}`,
        duration(p99_ns),
        memory(memory_bytes),
        probes_mean.toFixed(2),
      ]),
    ],
  };
}

import type { Comparison } from "../analysis/comparison.ts";
import type { ProfileReport } from "../analysis/profile-report.ts";
import type { WorkloadDna } from "../dna/workload-dna.ts";
import type { Summary } from "../replay/summary.ts";

/** A tick as far as a report shows it. */
export interface RatePoint {
  /** Seconds since the replay began. */
  readonly t: number;
  readonly opsPerSecond: number;
  readonly memoryBytes: number;
}

/** One replay: its name is its key in the fan-out. */
export interface ReportedReplay {
  readonly name: string;
  readonly summary: Summary;
  readonly points: readonly RatePoint[];
}

/** All that a report is made of. */
export interface ReportContent {
  readonly title: string;
  readonly replays: readonly ReportedReplay[];
  readonly profile: ProfileReport | undefined;
  readonly comparison: Comparison | undefined;
  readonly dna: WorkloadDna | undefined;
}

import type { Comparison } from "../analysis/comparison.ts";
import type { ProfileReport } from "../analysis/profile-report.ts";
import type { WorkloadDna } from "../dna/workload-dna.ts";
import { duration, memory, percent } from "../quantities.ts";
import { shortNumber } from "./axis.ts";
import type { ReportContent, ReportedReplay } from "./report-content.ts";

/** A heading, sentences, and a table whose first row are its columns' names; without rows there is no table. */
export interface ReportSection {
  readonly heading: string;
  readonly sentences: readonly string[];
  readonly table: readonly (readonly string[])[];
}

/** What a report says, whatever it is written in: of the replays first. */
export function reportSections({
  replays,
  profile,
  comparison,
  dna,
}: ReportContent): [ReportSection, ...ReportSection[]] {
  return [
    replaySection(replays),
    ...(dna === undefined ? [] : [dnaSection(dna)]),
    ...(profile === undefined ? [] : [profileSection(profile)]),
    ...(comparison === undefined ? [] : [comparisonSection(comparison)]),
  ];
}

function replaySection(replays: readonly ReportedReplay[]): ReportSection {
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

function dnaSection(dna: WorkloadDna): ReportSection {
  const { put, get, del } = dna.op_mix;
  const { p50, p80, p95 } = dna.coverage_targets;
  return {
    heading: "Workload",
    sentences: [
      `${dna.total_rows} rows: ${percent(get)} gets, ${percent(put)} puts, ${percent(del)} deletes, over ${dna.unique_keys_estimated} keys.`,
      `The keys' entropy is ${dna.key_entropy_bits.toFixed(1)} bits, ${percent(dna.key_entropy_normalised)} of the most there could be. ` +
        `Half of all rows fall on ${p50} keys, 80 % on ${p80}, 95 % on ${p95}.`,
      ...(dna.keys_exact ? [] : ["There were too many keys to count them all: what is said of them are estimates."]),
    ],
    table: [
      ["hot key", "rows", "share"],
      ...dna.hot_keys.map(({ key, count, share }) => [key, `${count}`, percent(share)]),
    ],
  };
}

function profileSection({ rows, rounds, measurements, recommendation }: ProfileReport): ReportSection {
  return {
    heading: "Profile",
    sentences: [
      `Recommended: ${recommendation.backend}. ${recommendation.because}`,
      `Measured on ${rows} rows in ${rounds} rounds; medians.`,
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

function comparisonSection({ baseline, candidate, ratio, test, verdict, rounds, deltas }: Comparison): ReportSection {
  const names = { baseline: baseline.backend, candidate: candidate.backend };
  const said = {
    faster: `The candidate (${names.candidate}) is faster than the baseline (${names.baseline}).`,
    slower: `The candidate (${names.candidate}) is slower than the baseline (${names.baseline}).`,
    "no-difference-shown": `No difference between candidate (${names.candidate}) and baseline (${names.baseline}) is shown.`,
  }[verdict];
  const interval = `${ratio.low.toFixed(3)} – ${ratio.high.toFixed(3)}`;
  return {
    heading: "Comparison",
    sentences: [
      said,
      `Its time is ${ratio.estimate.toFixed(3)} of the baseline's (${percent(ratio.confidence)} interval ${interval}; ` +
        `signed-rank test over ${rounds} rounds, p = ${test.p.toPrecision(2)}).`,
    ],
    table: [
      ["median of", "baseline", "candidate", "change"],
      ...deltas.map(({ metric, baseline: before, candidate: after, percent: change }) => [
        COMPARED[metric].name,
        COMPARED[metric].shown(before),
        COMPARED[metric].shown(after),
        change === null ? "–" : `${change >= 0 ? "+" : ""}${change.toFixed(1)} %`,
      ]),
    ],
  };
}

const COMPARED: Record<
  Comparison["deltas"][number]["metric"],
  { readonly name: string; readonly shown: (value: number) => string }
> = {
  nsPerOp: { name: "an operation", shown: duration },
  p50: { name: "p50", shown: duration },
  p99: { name: "p99", shown: duration },
  max: { name: "max", shown: duration },
  memoryBytes: { name: "memory", shown: memory },
  probesMean: { name: "probes", shown: (value) => value.toFixed(2) },
  migrations: { name: "switches", shown: shortNumber },
  compactions: { name: "compactions", shown: shortNumber },
};

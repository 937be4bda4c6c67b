import type { Comparison } from "../analysis/comparison.ts";
import { duration, memory, percent } from "../quantities.ts";
import { shortNumber } from "./axis.ts";
import type { ReportSection } from "./report-section.ts";

/** Whether one map is faster than the other. */
export function comparisonSection({
  baseline,
  candidate,
  ratio,
  test,
  verdict,
  rounds,
  deltas,
}: Comparison): ReportSection {
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

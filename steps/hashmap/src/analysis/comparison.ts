import { json, z } from "@orchestrate/sdk";
import { MapOptions } from "../map/map-options.ts";
import type { Measurement } from "./measure-map.ts";
import { median } from "./median.ts";
import { signedRank } from "./signed-rank.ts";

const METRICS = ["nsPerOp", "p50", "p99", "max", "memoryBytes", "probesMean", "migrations", "compactions"] as const;

const Delta = z.strictObject({
  metric: z.enum(METRICS),
  baseline: z.number(),
  candidate: z.number(),
  delta: z.number(),
  /** Of the baseline; null where that is 0. */
  percent: z.number().nullable(),
});

/** What `hashmap/compare` found, `hashmap.comparison/1`. */
export const Comparison = z.strictObject({
  schema: z.literal("hashmap.comparison/1"),
  rounds: z.number().int(),
  operations: z.number().int(),
  baseline: MapOptions,
  candidate: MapOptions,
  /** Nanoseconds an operation, round by round. */
  runs: z.array(z.strictObject({ baseline: z.number(), candidate: z.number() })),
  /** The candidate's time over the baseline's: an estimate, and the interval it lies in with that confidence. */
  ratio: z.strictObject({ estimate: z.number(), low: z.number(), high: z.number(), confidence: z.number() }),
  /** Wilcoxon's signed-rank test, two-sided and exact, of the logarithms of the ratios. */
  test: z.strictObject({ name: z.literal("wilcoxon-signed-rank"), p: z.number() }),
  verdict: z.enum(["faster", "slower", "no-difference-shown"]),
  /** Medians over the rounds. */
  deltas: z.array(Delta),
});
export type Comparison = z.infer<typeof Comparison>;

export const comparisonArtifact = json("comparison.json", Comparison, { kind: "hashmap/comparison" });

/** Compares paired measurements, in time by an interval and a test. At least one pair. */
export function compareRuns(
  baseline: { readonly options: MapOptions; readonly runs: readonly Measurement[] },
  candidate: { readonly options: MapOptions; readonly runs: readonly Measurement[] },
  confidence: number,
): Comparison {
  const pairs = baseline.runs.map((run, at) => ({ baseline: run.nsPerOp, candidate: candidate.runs[at]!.nsPerOp }));
  const logarithms = pairs.map((pair) => Math.log(pair.candidate / pair.baseline));
  const { estimate, low, high, p } = signedRank(logarithms, confidence);
  return {
    schema: "hashmap.comparison/1",
    rounds: pairs.length,
    operations: baseline.runs[0]!.operations,
    baseline: baseline.options,
    candidate: candidate.options,
    runs: pairs,
    ratio: { estimate: Math.exp(estimate), low: Math.exp(low), high: Math.exp(high), confidence },
    test: { name: "wilcoxon-signed-rank", p },
    verdict: p > 1 - confidence || estimate === 0 ? "no-difference-shown" : estimate < 0 ? "faster" : "slower",
    deltas: METRICS.map((metric) =>
      deltaOf(
        metric,
        median(baseline.runs.map((run) => run[metric])),
        median(candidate.runs.map((run) => run[metric])),
      ),
    ),
  };
}

function deltaOf(metric: (typeof METRICS)[number], baseline: number, candidate: number): z.infer<typeof Delta> {
  const delta = candidate - baseline;
  return { metric, baseline, candidate, delta, percent: baseline === 0 ? null : (100 * delta) / baseline };
}

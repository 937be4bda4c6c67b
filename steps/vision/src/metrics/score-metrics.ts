import { z } from "@orchestrate/sdk";
import { cuts } from "./cuts.ts";
import { brierScore, negativeLogLikelihood } from "./likelihood.ts";
import { areaUnderRoc, averagePrecision } from "./operating-curves.ts";
import { rankConfidences, rankScores } from "./ranked-scores.ts";
import { reliability } from "./reliability.ts";
import { riskCoverage } from "./risk-coverage.ts";

/** What probabilities are worth whatever threshold is chosen. */
export const ScoreMetrics = z.strictObject({
  nll: z.number(),
  brier: z.number(),
  ece: z.number(),
  mce: z.number(),
  /** null where all labels are equal. */
  auroc: z.number().nullable(),
  average_precision: z.number(),
  aurc: z.number(),
  augrc: z.number(),
});
export type ScoreMetrics = z.infer<typeof ScoreMetrics>;

/** @param probabilities of the positive class, finite, in [0, 1]. */
export function scoreMetrics(probabilities: Float64Array, labels: ArrayLike<number>): ScoreMetrics {
  const ranked = rankScores(probabilities, labels);
  const scores = cuts(ranked);
  const { ece, mce } = reliability(probabilities, labels);
  return {
    nll: negativeLogLikelihood(probabilities, labels),
    brier: brierScore(probabilities, labels),
    ece,
    mce,
    auroc: areaUnderRoc(scores),
    average_precision: averagePrecision(scores),
    ...riskCoverage(cuts(rankConfidences(ranked))),
  };
}

import { binaryMetrics } from "../metrics/binary-metrics.ts";
import type { ThresholdPolicy } from "../policy/policy.ts";
import { bestThreshold } from "./best-threshold.ts";
import { type Cuts, cuts } from "./cuts.ts";
import { selectiveThreshold } from "./selective-threshold.ts";

export interface FittedPolicy {
  readonly policy: ThresholdPolicy;
  /** Of the scores of positives and negatives. */
  readonly scores: Cuts;
  /** Of the confidences of right and wrong calls at 0.5. */
  readonly confidences: Cuts;
}

/**
 * Fits the threshold policy to scores that `checkScores` has passed.
 *
 * @param coverageFloor the share that the selective reading must accept, in (0, 1].
 */
export function fitPolicy(
  probabilities: Float64Array,
  labels: readonly number[],
  classes: readonly string[],
  coverageFloor: number,
): FittedPolicy {
  const isPositive = (_: number, index: number) => labels[index] === 1;
  const scores = cuts(
    probabilities.filter(isPositive),
    probabilities.filter((_, index) => labels[index] !== 1),
  );
  const isRight = (_: number, index: number) => probabilities[index]! >= 0.5 === (labels[index] === 1);
  const confidence = probabilities.map((p) => Math.max(p, 1 - p));
  const confidences = cuts(
    confidence.filter(isRight),
    confidence.filter((value, index) => !isRight(value, index)),
  );
  const best = bestThreshold(scores);
  const { threshold, coverage, risk, accepted, errors } = selectiveThreshold(confidences, coverageFloor);
  const policy: ThresholdPolicy = {
    policy_type: "threshold",
    threshold: best.threshold,
    class_names: [...classes],
    optimize_metric: "mcc",
    metrics: binaryMetrics(best.confusion),
    coverage: 1,
    split_used: "val_calib",
    selective: { threshold, coverage_floor: coverageFloor, coverage, risk, accepted, errors },
    n_cut_points: scores.thresholds.length,
  };
  return { policy, scores, confidences };
}

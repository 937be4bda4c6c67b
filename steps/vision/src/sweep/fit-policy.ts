import type { CalibrationMap } from "../calibrate/calibration.ts";
import type { FittedOn } from "../lineage/fitted-on.ts";
import { binaryMetrics } from "../metrics/binary-metrics.ts";
import { type Cuts, confusionAt, cuts } from "../metrics/cuts.ts";
import { rankConfidences, rankScores } from "../metrics/ranked-scores.ts";
import { selectionAt } from "../metrics/risk-coverage.ts";
import type { ThresholdPolicy } from "../policy/threshold-policy.ts";
import { bestThreshold } from "./best-threshold.ts";
import { selectiveThreshold } from "./selective-threshold.ts";

/**
 * What scores come from: the model's digest, how logits became probabilities, and all splits that have a part in it.
 */
export interface Source {
  readonly classes: readonly string[];
  readonly model: string;
  readonly fitted_on: FittedOn;
  readonly calibration: CalibrationMap | null;
}

export interface FittedPolicy {
  readonly policy: ThresholdPolicy;
  /** Of the scores, label 1 where the picture is positive; and the one that was chosen. */
  readonly scores: Cuts;
  readonly chosen: number;
  /** Of the confidences, label 1 where the call at 0.5 is wrong; and the one that was chosen. */
  readonly confidences: Cuts;
  readonly chosenConfidence: number;
}

/**
 * Fits the threshold policy to scores that `checkScores` has passed.
 *
 * @param coverageFloor the share that the selective reading must accept, in (0, 1].
 */
export function fitPolicy(
  probabilities: Float64Array,
  labels: ArrayLike<number>,
  source: Source,
  coverageFloor: number,
): FittedPolicy {
  const ranked = rankScores(probabilities, labels);
  const scores = cuts(ranked);
  const confidences = cuts(rankConfidences(ranked));
  const chosen = bestThreshold(scores);
  const chosenConfidence = selectiveThreshold(confidences, coverageFloor);
  const policy: ThresholdPolicy = {
    policy_type: "threshold",
    threshold: scores.thresholds[chosen]!,
    class_names: [...source.classes],
    model: source.model,
    fitted_on: source.fitted_on,
    calibration: source.calibration,
    optimize_metric: "mcc",
    metrics: binaryMetrics(confusionAt(scores, chosen)),
    coverage: 1,
    split_used: "calib_fit",
    selective: { coverage_floor: coverageFloor, ...selectionAt(confidences, chosenConfidence) },
    n_cut_points: scores.thresholds.length,
  };
  return { policy, scores, chosen, confidences, chosenConfidence };
}

import type { FittedOn } from "../lineage/fitted-on.ts";
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
 * @param source what the scores come from: the model's digest, and all splits that have a part in the policy.
 * @param coverageFloor the share that the selective reading must accept, in (0, 1].
 */
export function fitPolicy(
  probabilities: Float64Array,
  labels: ArrayLike<number>,
  source: { readonly classes: readonly string[]; readonly model: string; readonly fitted_on: FittedOn },
  coverageFloor: number,
): FittedPolicy {
  const confidence = probabilities.map((p) => Math.max(p, 1 - p));
  const scores = cuts(...divide(probabilities, (index) => labels[index] === 1));
  const confidences = cuts(...divide(confidence, (index) => probabilities[index]! >= 0.5 === (labels[index] === 1)));
  const best = bestThreshold(scores);
  const { threshold, coverage, risk, accepted, errors } = selectiveThreshold(confidences, coverageFloor);
  const policy: ThresholdPolicy = {
    policy_type: "threshold",
    threshold: best.threshold,
    class_names: [...source.classes],
    model: source.model,
    fitted_on: source.fitted_on,
    optimize_metric: "mcc",
    metrics: binaryMetrics(best.confusion),
    coverage: 1,
    split_used: "calib_fit",
    selective: { threshold, coverage_floor: coverageFloor, coverage, risk, accepted, errors },
    n_cut_points: scores.thresholds.length,
  };
  return { policy, scores, confidences };
}

/** The values at the positions that go first, and the others. */
function divide(values: Float64Array, goesFirst: (index: number) => boolean): [Float64Array, Float64Array] {
  const first = new Float64Array(values.length);
  const second = new Float64Array(values.length);
  let count = 0;
  for (let index = 0; index < values.length; index++) {
    if (goesFirst(index)) first[count++] = values[index]!;
    else second[index - count] = values[index]!;
  }
  return [first.subarray(0, count), second.subarray(0, values.length - count)];
}

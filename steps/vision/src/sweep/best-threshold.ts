import { type Cuts, confusionAt } from "../metrics/cuts.ts";
import { matthews } from "../metrics/matthews.ts";

/**
 * Finds the cut of greatest MCC among all there are, where scores at or above it are called positive; of equal ones the
 * lowest, which misses fewest positives.
 *
 * @param scores cuts of scores with label 1 where the picture is positive.
 */
export function bestThreshold(scores: Cuts): number {
  let best = 0;
  let bestMatthews = Number.NEGATIVE_INFINITY;
  for (let cut = 0; cut < scores.thresholds.length; cut++) {
    const mcc = matthews(confusionAt(scores, cut));
    if (mcc > bestMatthews) {
      best = cut;
      bestMatthews = mcc;
    }
  }
  return best;
}

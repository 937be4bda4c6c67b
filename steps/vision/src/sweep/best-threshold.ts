import type { Confusion } from "../metrics/confusion.ts";
import { matthews } from "../metrics/matthews.ts";
import type { Cuts } from "./cuts.ts";

/** The decision "positive where score >= threshold". */
export interface ThresholdChoice {
  readonly threshold: number;
  readonly confusion: Confusion;
  /** Its place among the cuts. */
  readonly cut: number;
}

/**
 * Finds the threshold of greatest MCC among all there are; of equal ones the lowest, which misses fewest positives.
 *
 * @param scores cuts of the scores of positives (first) and negatives (second).
 */
export function bestThreshold(scores: Cuts): ThresholdChoice {
  let best = 0;
  let bestMatthews = Number.NEGATIVE_INFINITY;
  for (let cut = 0; cut < scores.thresholds.length; cut++) {
    const mcc = matthews(confusionAt(scores, cut));
    if (mcc > bestMatthews) {
      best = cut;
      bestMatthews = mcc;
    }
  }
  return { threshold: scores.thresholds[best]!, confusion: confusionAt(scores, best), cut: best };
}

/** The confusion where scores at or above the cut are called positive. */
export function confusionAt({ firstAbove, secondAbove }: Cuts, cut: number): Confusion {
  const tp = firstAbove[cut]!;
  const fp = secondAbove[cut]!;
  return { tp, fp, fn: firstAbove[0]! - tp, tn: secondAbove[0]! - fp };
}

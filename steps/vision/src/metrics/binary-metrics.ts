import { z } from "@orchestrate/sdk";
import type { Confusion } from "./confusion.ts";
import { matthews } from "./matthews.ts";

const count = z.number().int().nonnegative();
const rate = z.number().min(0).max(1);

/** All that is said of a two-class decision: rates in [0, 1], mcc in [-1, 1], and the counts they come from. */
export const BinaryMetrics = z.strictObject({
  mcc: z.number().min(-1).max(1),
  accuracy: rate,
  precision: rate,
  recall: rate,
  f1: rate,
  fnr: rate,
  fpr: rate,
  tp: count,
  tn: count,
  fp: count,
  fn: count,
});
export type BinaryMetrics = z.infer<typeof BinaryMetrics>;

/**
 * Metrics of a confusion, with scikit-learn's meaning and `zero_division=0`: a rate over nothing is 0.
 * fnr = FN/(FN+TP), fpr = FP/(FP+TN).
 */
export function binaryMetrics(confusion: Confusion): BinaryMetrics {
  const { tp, tn, fp, fn } = confusion;
  return {
    mcc: matthews(confusion),
    accuracy: ratio(tp + tn, tp + tn + fp + fn),
    precision: ratio(tp, tp + fp),
    recall: ratio(tp, tp + fn),
    f1: ratio(2 * tp, 2 * tp + fp + fn),
    fnr: ratio(fn, fn + tp),
    fpr: ratio(fp, fp + tn),
    tp,
    tn,
    fp,
    fn,
  };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

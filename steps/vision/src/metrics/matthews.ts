import type { Confusion } from "./confusion.ts";

/**
 * Matthews correlation coefficient, in [-1, 1]: (TP·TN − FP·FN) / √((TP+FP)(TP+FN)(TN+FP)(TN+FN)), and 0 where a factor
 * is 0, as in scikit-learn's `matthews_corrcoef`.
 */
export function matthews({ tp, tn, fp, fn }: Confusion): number {
  const product = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn);
  if (product === 0) return 0;
  // Of large counts the product is rounded, and the quotient of a perfect call may lie just beyond 1.
  return Math.max(-1, Math.min(1, (tp * tn - fp * fn) / Math.sqrt(product)));
}

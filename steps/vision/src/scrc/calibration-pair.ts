/** One calibration picture as SCRC sees it. */
export interface CalibrationPair {
  /** The selection score; the greater, the likelier it is selected. */
  readonly score: number;
  /** The least λ with which its set of labels costs nothing: its confidence where the call is a loss, else 0. */
  readonly needed: number;
  /** max(p, 1 − p): with a λ below it there is one label, else both. */
  readonly confidence: number;
}

/** What counts as a loss of 1: a label that is not in the set, or only the positive one. */
export type Loss = "miscoverage" | "missed-positive";

/**
 * The set of an image is C_λ = {likelier label} where max(p, 1 − p) > λ, and {0, 1} otherwise, so that it grows with λ.
 * Its loss is 1 where the true label is not in it, for `missed-positive` only where that is 1; so it falls with λ, and
 * is 0 from `needed` on.
 */
export function calibrationPairs(
  scores: Float64Array,
  probabilities: Float64Array,
  labels: ArrayLike<number>,
  loss: Loss,
): CalibrationPair[] {
  return Array.from(scores, (score, row) => {
    const p = probabilities[row]!;
    const confidence = Math.max(p, 1 - p);
    const isWrong = p >= 0.5 !== (labels[row] === 1);
    const costs = isWrong && (loss === "miscoverage" || labels[row] === 1);
    return { score, needed: costs ? confidence : 0, confidence };
  });
}

/** The least λ with at most `errors` losses: the next greatest of what is needed, or 0 where there is none. */
export function leastLambda(needed: readonly number[], errors: number): number {
  return needed.toSorted((a, b) => b - a)[errors] ?? 0;
}

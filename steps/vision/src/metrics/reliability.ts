/** The calls whose confidence lies in one bin. */
export interface ReliabilityBin {
  readonly count: number;
  /** Means over the bin; 0 where it is empty. */
  readonly confidence: number;
  readonly accuracy: number;
}

export interface Reliability {
  readonly bins: readonly ReliabilityBin[];
  /** Expected calibration error: Σ over bins of |confidence − accuracy| · count / n. */
  readonly ece: number;
  /** Maximum calibration error: the greatest of |confidence − accuracy| over bins that aren't empty. */
  readonly mce: number;
}

/**
 * Compares confidence max(p, 1 − p) with accuracy, where p ≥ 0.5 is called positive, over bins of equal width
 * (Naeini et al. 2015; Guo et al. 2017, arXiv 1706.04599). A confidence on a border belongs to the lower bin.
 */
export function reliability(probabilities: ArrayLike<number>, labels: ArrayLike<number>, binCount = 15): Reliability {
  const counts = new Float64Array(binCount);
  const confidences = new Float64Array(binCount);
  const hits = new Float64Array(binCount);
  for (let index = 0; index < labels.length; index++) {
    const p = probabilities[index]!;
    const confidence = Math.max(p, 1 - p);
    const bin = binOf(confidence, binCount);
    counts[bin] = counts[bin]! + 1;
    confidences[bin] = confidences[bin]! + confidence;
    if (p >= 0.5 === (labels[index] === 1)) hits[bin] = hits[bin]! + 1;
  }
  const bins = Array.from(counts, (count, bin) => ({
    count,
    confidence: count === 0 ? 0 : confidences[bin]! / count,
    accuracy: count === 0 ? 0 : hits[bin]! / count,
  }));
  const gaps = bins.map(({ confidence, accuracy }) => Math.abs(confidence - accuracy));
  const weighted = bins.reduce((sum, { count }, bin) => sum + gaps[bin]! * count, 0);
  return { bins, ece: labels.length === 0 ? 0 : weighted / labels.length, mce: Math.max(0, ...gaps) };
}

/** The bin k with k/count < confidence ≤ (k + 1)/count, as those quotients are in double precision. */
function binOf(confidence: number, count: number): number {
  let bin = Math.min(count - 1, Math.floor(confidence * count));
  while (bin > 0 && confidence <= bin / count) bin--;
  while (bin < count - 1 && confidence > (bin + 1) / count) bin++;
  return bin;
}

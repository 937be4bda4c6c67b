/** Counts of a two-class decision; label 1 is positive. */
export interface Confusion {
  readonly tp: number;
  readonly tn: number;
  readonly fp: number;
  readonly fn: number;
}

/**
 * Counts predictions against labels, both 0 or 1.
 *
 * @throws RangeError where the lengths differ.
 */
export function confusion(labels: ArrayLike<number>, predictions: ArrayLike<number>): Confusion {
  if (labels.length !== predictions.length) {
    throw new RangeError(`${labels.length} labels do not go with ${predictions.length} predictions.`);
  }
  let tp = 0;
  let tn = 0;
  let fp = 0;
  let fn = 0;
  for (let index = 0; index < labels.length; index++) {
    if (labels[index] === 1) {
      if (predictions[index] === 1) tp++;
      else fn++;
    } else if (predictions[index] === 1) fp++;
    else tn++;
  }
  return { tp, tn, fp, fn };
}

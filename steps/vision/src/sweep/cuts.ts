/** Every way to cut two lists of scores in two, as columns: cut k lies at `thresholds[k]`, ascending. */
export interface Cuts {
  readonly thresholds: Float64Array;
  /** Scores of the first list at or above each cut. */
  readonly firstAbove: Uint32Array;
  /** Scores of the second list at or above each cut. */
  readonly secondAbove: Uint32Array;
}

/**
 * Lists the distinct cuts, at most one more than there are scores: below all (threshold 0), midway between each two
 * neighbouring distinct scores, and above all. No score equals a cut, except where two scores are neighbours in
 * double precision and the upper one is the cut. Takes one sort of each list and one pass over both.
 *
 * @param first scores in [0, 1], finite.
 * @param second likewise.
 */
export function cuts(first: Float64Array, second: Float64Array): Cuts {
  const a = sortedWithEnd(first);
  const b = sortedWithEnd(second);
  const thresholds = new Float64Array(first.length + second.length + 1);
  const firstAbove = new Uint32Array(thresholds.length);
  const secondAbove = new Uint32Array(thresholds.length);
  firstAbove[0] = first.length;
  secondAbove[0] = second.length;
  let count = 1;
  let i = 0;
  let j = 0;
  let score = Math.min(a[0]!, b[0]!);
  while (score !== Infinity) {
    while (a[i] === score) i++;
    while (b[j] === score) j++;
    const next = Math.min(a[i]!, b[j]!);
    thresholds[count] = next === Infinity ? above(score) : between(score, next);
    firstAbove[count] = first.length - i;
    secondAbove[count] = second.length - j;
    count++;
    score = next;
  }
  return {
    thresholds: thresholds.slice(0, count),
    firstAbove: firstAbove.slice(0, count),
    secondAbove: secondAbove.slice(0, count),
  };
}

/** Ascending, with Infinity at the end, so that the pass never reads beyond it. */
function sortedWithEnd(scores: Float64Array): Float64Array {
  const sorted = new Float64Array(scores.length + 1);
  sorted.set(scores);
  sorted[scores.length] = Infinity;
  return sorted.sort();
}

function between(low: number, high: number): number {
  const middle = (low + high) / 2;
  return middle > low ? middle : high;
}

function above(score: number): number {
  return score < 1 ? between(score, 1) : 1 + Number.EPSILON;
}

import type { Confusion } from "./confusion.ts";
import type { RankedScores } from "./ranked-scores.ts";

/** Every way to cut labelled scores in two, as columns: cut k lies at `thresholds[k]`, ascending. */
export interface Cuts {
  readonly thresholds: Float64Array;
  /** Scores with label 1 at or above each cut. */
  readonly onesAbove: Uint32Array;
  /** Scores with label 0 at or above each cut. */
  readonly zerosAbove: Uint32Array;
}

/**
 * Lists the distinct cuts, at most one more than there are scores: below all (threshold 0), midway between each two
 * neighbouring distinct scores, and above all. No score equals a cut, except where two scores are neighbours in
 * double precision and the upper one is the cut. Takes one pass.
 *
 * @param scores in [0, 1].
 */
export function cuts({ ones, zeros }: RankedScores): Cuts {
  const total = ones.length + zeros.length;
  const thresholds = new Float64Array(total + 1);
  const onesAbove = new Uint32Array(total + 1);
  const zerosAbove = new Uint32Array(total + 1);
  onesAbove[0] = ones.length;
  zerosAbove[0] = zeros.length;
  let count = 1;
  let i = 0;
  let j = 0;
  let one = ones.length > 0 ? ones[0]! : Infinity;
  let zero = zeros.length > 0 ? zeros[0]! : Infinity;
  let score = Math.min(one, zero);
  while (score !== Infinity) {
    while (one === score) one = ++i < ones.length ? ones[i]! : Infinity;
    while (zero === score) zero = ++j < zeros.length ? zeros[j]! : Infinity;
    const next = Math.min(one, zero);
    thresholds[count] = next === Infinity ? above(score) : between(score, next);
    onesAbove[count] = ones.length - i;
    zerosAbove[count] = zeros.length - j;
    count++;
    score = next;
  }
  return {
    thresholds: thresholds.subarray(0, count),
    onesAbove: onesAbove.subarray(0, count),
    zerosAbove: zerosAbove.subarray(0, count),
  };
}

/** The confusion where scores at or above the cut are called positive. */
export function confusionAt({ onesAbove, zerosAbove }: Cuts, cut: number): Confusion {
  const tp = onesAbove[cut]!;
  const fp = zerosAbove[cut]!;
  return { tp, fp, fn: onesAbove[0]! - tp, tn: zerosAbove[0]! - fp };
}

function between(low: number, high: number): number {
  const middle = (low + high) / 2;
  return middle > low ? middle : high;
}

function above(score: number): number {
  return score < 1 ? between(score, 1) : 1 + Number.EPSILON;
}

import { sortAscending } from "./sort-ascending.ts";

/** Labelled scores, each label's by itself, ascending: all that metrics over thresholds need to know. */
export interface RankedScores {
  readonly ones: Float64Array;
  readonly zeros: Float64Array;
}

/**
 * @param scores finite.
 * @param labels 0 or 1, one a score.
 */
export function rankScores(scores: Float64Array, labels: ArrayLike<number>): RankedScores {
  const divided = new Float64Array(scores.length);
  let ones = 0;
  let zeros = 0;
  for (let index = 0; index < scores.length; index++) {
    if (labels[index] === 1) divided[ones++] = scores[index]!;
    else divided[scores.length - ++zeros] = scores[index]!;
  }
  return { ones: sortAscending(divided.subarray(0, ones)), zeros: sortAscending(divided.subarray(ones)) };
}

/**
 * The confidences max(p, 1 − p) of probabilities p, with label 1 where calling p ≥ 0.5 positive is wrong. Takes no
 * sort: below 0.5 the order turns round, and the two sides are merged.
 *
 * @param probabilities in [0, 1].
 */
export function rankConfidences({ ones, zeros }: RankedScores): RankedScores {
  const [missed, hit] = partAtHalf(ones);
  const [rejected, alarmed] = partAtHalf(zeros);
  return { ones: mergeAscending(turnedRound(missed), alarmed), zeros: mergeAscending(turnedRound(rejected), hit) };
}

function partAtHalf(sorted: Float64Array): [below: Float64Array, above: Float64Array] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < 0.5) low = middle + 1;
    else high = middle;
  }
  return [sorted.subarray(0, low), sorted.subarray(low)];
}

function turnedRound(sorted: Float64Array): Float64Array {
  const turned = new Float64Array(sorted.length);
  for (let at = 0; at < sorted.length; at++) turned[sorted.length - 1 - at] = 1 - sorted[at]!;
  return turned;
}

function mergeAscending(first: Float64Array, second: Float64Array): Float64Array {
  const merged = new Float64Array(first.length + second.length);
  let i = 0;
  let j = 0;
  for (let at = 0; at < merged.length; at++) {
    const takesFirst = j === second.length || (i < first.length && first[i]! <= second[j]!);
    merged[at] = takesFirst ? first[i++]! : second[j++]!;
  }
  return merged;
}

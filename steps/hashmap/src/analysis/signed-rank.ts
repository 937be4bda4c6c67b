import { median } from "./median.ts";

/** What paired differences say. */
export interface SignedRank {
  /** The median of all means of two differences (Hodges and Lehmann, 1963). */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Of the test that the differences lie symmetrically about 0, two-sided and exact. */
  readonly p: number;
}

/**
 * The signed-rank test of F. Wilcoxon (1945) and the interval that belongs to it. Both are exact, ties included, and
 * ask for no distribution of the differences.
 *
 * @param differences at least `leastPairs` of them, finite: fewer give the widest interval there is, and no such
 * confidence.
 * @param confidence as 0.95.
 */
export function signedRank(differences: readonly number[], confidence: number): SignedRank {
  const means = walshMeans(differences);
  const cut = criticalRank(differences.length, (1 - confidence) / 2);
  return {
    estimate: median(means),
    low: means[Math.max(0, cut - 1)]!,
    high: means[Math.min(means.length - 1, means.length - cut)]!,
    p: probability(differences),
  };
}

/** So few pairs may show a difference: where all have one sign, p is 2 / 2^pairs. */
export function leastPairs(confidence: number): number {
  return Math.ceil(Math.log2(2 / (1 - confidence)));
}

/** The means of every two differences, and of each with itself, ascending. */
function walshMeans(differences: readonly number[]): number[] {
  const means = differences.flatMap((a, at) => differences.slice(at).map((b) => mean(a, b)));
  return means.sort((a, b) => a - b);
}

/** The least double has no half but 0, which would turn a difference into none. */
function mean(a: number, b: number): number {
  return (a + b) / 2 || a + b;
}

/** How many of the means lie beyond each end of the interval, at most, and one. */
function criticalRank(count: number, tail: number): number {
  const ways = waysToSum(Array.from({ length: count }, (_, rank) => rank + 1));
  let below = 0;
  for (let sum = 0; sum < ways.length; sum++) {
    below += ways[sum]! / 2 ** count;
    if (below > tail) return sum;
  }
  return 0;
}

/** Differences of 0 say nothing and are left out; equal ones share their ranks. */
function probability(differences: readonly number[]): number {
  const nonzero = differences.filter((difference) => difference !== 0);
  const doubled = doubledRanks(nonzero.map(Math.abs));
  const positive = nonzero.reduce((sum, difference, at) => sum + (difference > 0 ? doubled[at]! : 0), 0);
  const ways = waysToSum(doubled);
  const total = 2 ** nonzero.length;
  const atMost = ways.slice(0, positive + 1).reduce((sum, count) => sum + count, 0) / total;
  const atLeast = ways.slice(positive).reduce((sum, count) => sum + count, 0) / total;
  return Math.min(1, 2 * Math.min(atMost, atLeast));
}

/** Twice the rank of each value, the mean rank where several are equal: always whole numbers. */
function doubledRanks(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return values.map((value) => sorted.indexOf(value) + 1 + sorted.lastIndexOf(value) + 1);
}

/** In how many ways a sum can be made from some of the numbers, by the sum. */
function waysToSum(numbers: readonly number[]): number[] {
  const ways = new Array<number>(numbers.reduce((sum, number) => sum + number, 0) + 1).fill(0);
  ways[0] = 1;
  for (const number of numbers) for (let sum = ways.length - 1; sum >= number; sum--) ways[sum]! += ways[sum - number]!;
  return ways;
}

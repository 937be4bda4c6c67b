import type { PointSet } from "../points/point-set.ts";
import { randomNumbers, shuffled } from "../random/random-numbers.ts";

/** Some of the points, chosen without replacement, in the order in which they stand; all where there are not more. */
export function chooseInducing({ count, dimension, values }: PointSet, wanted: number, seed: number): PointSet {
  const chosen = shuffled(0, count, randomNumbers(seed)).slice(0, wanted).sort();
  const copy = new Float64Array(chosen.length * dimension);
  for (const [place, row] of chosen.entries()) {
    copy.set(values.subarray(row * dimension, (row + 1) * dimension), place * dimension);
  }
  return { count: chosen.length, dimension, values: copy };
}

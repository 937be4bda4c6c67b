import type { PointSet } from "../points/point-set.ts";
import { takeRows } from "../points/take-rows.ts";
import { randomNumbers, shuffled } from "../random/random-numbers.ts";

/** Some of the points, chosen without replacement, in the order in which they stand; all where there are not more. */
export function chooseInducing(points: PointSet, wanted: number, seed: number): PointSet {
  return takeRows(points, shuffled(0, points.count, randomNumbers(seed)).slice(0, wanted).sort());
}

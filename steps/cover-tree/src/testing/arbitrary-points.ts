import fc from "fast-check";
import type { PointSet } from "../points/point-set.ts";
import { randomNumbers } from "../random/random-numbers.ts";

/** How points lie: what is easy for a search, and what is not. */
export const placements = ["normal", "clustered", "duplicated", "collinear", "gridded", "far", "tiny"] as const;
export type Placement = (typeof placements)[number];

/** Points that lie in one of these ways; equal arguments give equal points. */
export function placedPoints(placement: Placement, count: number, dimension: number, seed: number): PointSet {
  const random = randomNumbers(seed);
  const values = new Float64Array(count * dimension);
  const direction = Float64Array.from({ length: dimension }, () => random.normal());
  for (let row = 0; row < count; row++) {
    const along = random.normal();
    const cluster = random.below(5) * 10;
    const original = row > 0 && random.next() < 0.5 ? random.below(row) : -1;
    for (let column = 0; column < dimension; column++) {
      values[row * dimension + column] = value(column);
    }
    function value(column: number): number {
      switch (placement) {
        case "normal":
          return random.normal();
        case "clustered":
          return cluster + 0.01 * random.normal();
        case "duplicated":
          return original < 0 ? random.normal() : values[original * dimension + column]!;
        case "collinear":
          return along * direction[column]!;
        case "gridded":
          return random.below(4);
        case "far":
          return 1e8 + random.normal();
        case "tiny":
          return 1e-200 * random.normal();
      }
    }
  }
  return { count, dimension, values };
}

/** What to give `placedPoints`; few points more often than many. */
export const arbitraryPoints = fc.record({
  placement: fc.constantFrom(...placements),
  count: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 120 }) }, fc.integer({ min: 121, max: 600 })),
  dimension: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 12 }) }, fc.constantFrom(16, 33, 64)),
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
});

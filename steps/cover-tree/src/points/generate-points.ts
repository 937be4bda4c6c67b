import { type RandomNumbers, randomNumbers } from "../random/random-numbers.ts";
import { unreachable } from "../unreachable.ts";
import type { PointSet } from "./point-set.ts";

/**
 * Standard normal in every column, uniform in the unit cube, or normal with deviation 0.05 around 20 places of the unit
 * cube.
 */
export type PointShape = "normal" | "uniform" | "clustered";

/** Draws points; equal arguments give equal points. */
export function generatePoints(shape: PointShape, count: number, dimension: number, seed: number): PointSet {
  const values = new Float64Array(count * dimension);
  fill(values, shape, dimension, randomNumbers(seed));
  return { count, dimension, values };
}

function fill(values: Float64Array, shape: PointShape, dimension: number, random: RandomNumbers): void {
  switch (shape) {
    case "normal":
      for (let index = 0; index < values.length; index++) values[index] = random.normal();
      return;
    case "uniform":
      for (let index = 0; index < values.length; index++) values[index] = random.next();
      return;
    case "clustered": {
      const places = Float64Array.from({ length: 20 * dimension }, () => random.next());
      for (let row = 0; row < values.length; row += dimension) {
        const place = random.below(20) * dimension;
        for (let column = 0; column < dimension; column++) {
          values[row + column] = places[place + column]! + 0.05 * random.normal();
        }
      }
      return;
    }
    default:
      unreachable(shape);
  }
}

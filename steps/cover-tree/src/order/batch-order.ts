import type { PointSet } from "../points/point-set.ts";
import { randomNumbers, shuffled } from "../random/random-numbers.ts";
import { unreachable } from "../unreachable.ts";
import { hilbertOrder } from "./hilbert-order.ts";

/** In which order points are put into a tree: as they come, by chance, or along a Hilbert curve, near ones together. */
export type BatchOrder = "natural" | "random" | "hilbert";

/** Positions from `from` to the end, in that order. */
export function batchOrder(order: BatchOrder, points: PointSet, from: number, seed: number): Int32Array {
  switch (order) {
    case "natural":
      return Int32Array.from({ length: points.count - from }, (_, index) => from + index);
    case "random":
      return shuffled(from, points.count, randomNumbers(seed));
    case "hilbert":
      return hilbertOrder(points, from);
    default:
      return unreachable(order);
  }
}

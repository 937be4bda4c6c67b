import { describe, expect, it } from "vitest";
import { placedPoints } from "../fixtures/arbitrary-points.ts";
import { batchOrder } from "./batch-order.ts";

const grid = {
  count: 256,
  dimension: 2,
  values: Float64Array.from({ length: 512 }, (_, index) => (index % 2 === 0 ? index >> 5 : (index >> 1) % 16)),
};

describe("the order of a batch", () => {
  it("along a Hilbert curve goes through a grid in steps of one", () => {
    const order = batchOrder("hilbert", grid, 0, 0);
    expect([...order].sort((a, b) => a - b)).toEqual([...order.keys()]);
    for (let index = 1; index < order.length; index++) {
      const [a, b] = [order[index - 1]!, order[index]!];
      const steps =
        Math.abs(grid.values[2 * a]! - grid.values[2 * b]!) +
        Math.abs(grid.values[2 * a + 1]! - grid.values[2 * b + 1]!);
      expect(steps).toBe(1);
    }
  });

  it.each(["natural", "random", "hilbert"] as const)("%s takes every point from the first one on, once", (order) => {
    for (const dimension of [1, 3, 70]) {
      const points = placedPoints("duplicated", 60, dimension, 3);
      const places = batchOrder(order, points, 10, 5);
      expect([...places].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => 10 + index));
      expect(batchOrder(order, points, 10, 5)).toEqual(places);
    }
  });

  it("by chance depends on the seed", () => {
    expect(batchOrder("random", grid, 0, 1)).not.toEqual(batchOrder("random", grid, 0, 2));
    expect([...batchOrder("natural", grid, 250, 1)]).toEqual([250, 251, 252, 253, 254, 255]);
  });
});

import { StepError } from "@orchestrate/sdk";
import { columnCount } from "./column-count.ts";
import type { PointSet } from "./point-set.ts";

/** No points at all. */
export const noPoints: PointSet = { count: 0, dimension: 0, values: new Float64Array(0) };

/**
 * Points, and others after them.
 *
 * @param name how the others are called in errors.
 * @throws StepError `dimension-differs` (input).
 */
export function joinPoints(points: PointSet, others: PointSet, name: string): PointSet {
  if (others.count === 0) return points;
  if (points.dimension !== others.dimension) {
    throw new StepError({
      error: "dimension-differs",
      category: "input",
      detail: `${name} has ${columnCount(others.dimension)}, and the points of the tree have ${points.dimension}.`,
      hint: "Give points with the same columns as those that the tree was built of. A NumPy vector is read as one column.",
    });
  }
  const values = new Float64Array(points.values.length + others.values.length);
  values.set(points.values);
  values.set(others.values, points.values.length);
  return { count: points.count + others.count, dimension: points.dimension, values };
}

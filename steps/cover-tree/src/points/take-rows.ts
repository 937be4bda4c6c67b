import type { PointSet } from "./point-set.ts";

/** Some of the points, in the order given. */
export function takeRows({ dimension, values }: PointSet, rows: Int32Array): PointSet {
  const copy = new Float64Array(rows.length * dimension);
  for (const [place, row] of rows.entries()) {
    copy.set(values.subarray(row * dimension, (row + 1) * dimension), place * dimension);
  }
  return { count: rows.length, dimension, values: copy };
}

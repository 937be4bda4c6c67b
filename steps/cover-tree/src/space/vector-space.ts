import type { PointSet } from "../points/point-set.ts";
import { type Preparation, prepareRow } from "./prepare-row.ts";
import { metricOf, type Report, reported } from "./report.ts";
import { slackOfSum } from "./slack.ts";
import type { Space } from "./space.ts";
import { squaredEuclidean } from "./squared-euclidean.ts";

/** Rows compared by their Euclidean distance once they are prepared: Euclidean, cosine, Pearson. */
export interface VectorSpace extends Space {
  readonly kind: "vectors";
  readonly dimension: number;
  readonly report: Report;
  /** The prepared rows. */
  readonly values: Float64Array;
}

/**
 * @param name how the points are called in errors.
 * @throws StepError `row-zero` or `row-constant` (input).
 */
export function vectorSpace(points: PointSet, preparation: Preparation, report: Report, name: string): VectorSpace {
  const { count, dimension } = points;
  const values = preparation === "none" ? points.values : Float64Array.from(points.values);
  for (let row = 0; preparation !== "none" && row < count; row++) {
    prepareRow(values.subarray(row * dimension, (row + 1) * dimension), preparation, `row ${row} of ${name}`);
  }
  return {
    kind: "vectors",
    count,
    dimension,
    report,
    values,
    metric: true,
    slack: slackOfSum(dimension),
    between: (a, b) => reported(squaredEuclidean(values, a * dimension, values, b * dimension, dimension), report),
    measure(from, to, into) {
      for (let index = 0; index < to.length; index++) {
        const square = squaredEuclidean(values, from * dimension, values, to[index]! * dimension, dimension);
        into[index] = report === "root" ? Math.sqrt(square) : metricOf(reported(square, report), report);
      }
    },
    toMetric: (distance) => metricOf(distance, report),
  };
}

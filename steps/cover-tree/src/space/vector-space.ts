import { metricOf, type Report, reported } from "./report.ts";
import { slackOfSum } from "./slack.ts";
import type { Space } from "./space.ts";
import { squaredEuclidean } from "./squared-euclidean.ts";

/** Rows that are compared by their Euclidean distance once they are prepared, as plain data that threads share. */
export interface Vectors {
  readonly kind: "vectors";
  readonly count: number;
  readonly dimension: number;
  readonly report: Report;
  /** The prepared rows. */
  readonly values: Float64Array;
}

/** Euclidean, cosine and Pearson distances. */
export interface VectorSpace extends Space {
  readonly kind: "vectors";
  readonly points: Vectors;
}

export function vectorSpace(points: Vectors): VectorSpace {
  const { count, dimension, report, values } = points;
  return {
    kind: "vectors",
    points,
    count,
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

import { GatheredRows } from "../kernels/gathered-rows.ts";
import type { KernelMemory } from "../kernels/kernel-memory.ts";
import type { Kernels } from "../kernels/kernels.ts";
import { RowKernel } from "../kernels/row-kernel.ts";
import { GatheredPositions } from "./gathered-positions.ts";
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

export function vectorSpace(memory: KernelMemory, kernels: Kernels, points: Vectors): VectorSpace {
  const rows = new RowKernel(memory, kernels.rowSquares, points.values, points.dimension);
  const { count, dimension, report, values } = points;
  const measure: Space["measure"] = (from, to, into) => {
    rows.run(from, to, into);
    for (let index = 0; index < to.length; index++) {
      into[index] = report === "root" ? Math.sqrt(into[index]!) : metricOf(reported(into[index]!, report), report);
    }
  };
  return {
    kind: "vectors",
    points,
    count,
    metric: true,
    slack: slackOfSum(dimension),
    between: (a, b) => reported(squaredEuclidean(values, a * dimension, values, b * dimension, dimension), report),
    measure,
    gathered: report === "root" ? new GatheredRows(memory, kernels, values, dimension) : new GatheredPositions(measure),
    toMetric: (distance) => metricOf(distance, report),
  };
}

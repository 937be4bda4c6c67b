import type { KernelMemory } from "../kernels/kernel-memory.ts";
import type { Kernels } from "../kernels/kernels.ts";
import { RowKernel } from "../kernels/row-kernel.ts";
import { GatheredPositions } from "../space/gathered-positions.ts";
import type { Space } from "../space/space.ts";
import { squaredEuclidean } from "../space/squared-euclidean.ts";
import { covariance } from "./covariance.ts";
import { product, residualCorrelation, residualDistance } from "./residual-correlation.ts";
import type { ResidualOptions } from "./residual-options.ts";

/** Points of a Gaussian process, as plain data that threads share. */
export interface Residuals {
  readonly kind: "residual";
  readonly count: number;
  readonly dimension: number;
  readonly options: ResidualOptions;
  /** In lengthscales, row by row. */
  readonly coordinates: Float64Array;
  /** V, row by row. */
  readonly explained: Float64Array;
  /** Columns of V. */
  readonly width: number;
  /** The residual variance of each point, nugget included. */
  readonly variances: Float64Array;
  readonly least: number;
  /** How many residual variances lie below 1,000 times their rounding error, where correlations lose their meaning. */
  readonly doubtful: number;
}

/** Points compared by their residual correlation. */
export interface ResidualSpace extends Space {
  readonly kind: "residual";
  readonly points: Residuals;
}

export function residualSpace(memory: KernelMemory, kernels: Kernels, points: Residuals): ResidualSpace {
  const { count, dimension, options, coordinates, explained, width, variances, least } = points;
  const { kernel, variance } = options;
  const rows = new RowKernel(memory, kernels.rowProducts, explained, width);
  const between = (a: number, b: number, explainedBoth: number) => {
    if (a === b) return 0;
    const square = squaredEuclidean(coordinates, a * dimension, coordinates, b * dimension, dimension);
    const both = covariance(kernel, variance, square);
    return residualDistance(residualCorrelation(both, explainedBoth, variances[a]!, variances[b]!));
  };
  const measure: Space["measure"] = (from, to, into) => {
    rows.run(from, to, into);
    for (let index = 0; index < to.length; index++) into[index] = between(from, to[index]!, into[index]!);
  };
  return {
    kind: "residual",
    points,
    count,
    metric: true,
    slack: { relative: 2 ** -50, absolute: roundingOfSquare(width, dimension, options, least) },
    between: (a, b) => between(a, b, product(explained, a * width, explained, b * width, width)),
    measure,
    gathered: new GatheredPositions(measure),
    toMetric: (distance) => distance,
  };
}

/**
 * How far 1 − |ρ| may be from that of the exact residuals of V as it was computed. The numerator is a covariance and a
 * sum of `width` products, each of at most the variance; the denominator is as near to a sum of the same length,
 * divided by the least residual variance. That V itself is rounded does no harm: the triangle inequality needs every
 * three residuals to be positive semidefinite, and the nugget is greater than what that lacks by orders of magnitude.
 */
function roundingOfSquare(width: number, dimension: number, { variance }: ResidualOptions, least: number): number {
  return (4 * (width + dimension + 16) * 2 ** -53 * variance) / least + 2 ** -50;
}

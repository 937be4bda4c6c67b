import { StepError } from "@orchestrate/sdk";
import { KernelMemory } from "../kernels/kernel-memory.ts";
import { loadKernels } from "../kernels/kernels.ts";
import type { PointSet } from "../points/point-set.ts";
import type { Space } from "../space/space.ts";
import { squaredEuclidean } from "../space/squared-euclidean.ts";
import { covariance } from "./covariance.ts";
import { product, residualCorrelation, residualDistance } from "./residual-correlation.ts";
import type { ResidualOptions } from "./residual-options.ts";
import { whiten } from "./whiten.ts";

/** Points of a Gaussian process compared by their residual correlation. */
export interface ResidualSpace extends Space {
  readonly kind: "residual";
  readonly dimension: number;
  readonly options: ResidualOptions;
  readonly memory: KernelMemory;
  /** In lengthscales, row by row. */
  readonly coordinates: Float64Array;
  /** V, row by row. */
  readonly explained: Float64Array;
  /** Columns of V. */
  readonly width: number;
  /** The residual variance of each point, nugget included. */
  readonly variances: Float64Array;
  /** How many residual variances lie below 1,000 times their rounding error, where correlations lose their meaning. */
  readonly doubtful: number;
}

/**
 * @throws StepError `lengthscale-count` (input), `inducing-dependent` (input), `residual-variance` (invariant).
 */
export function residualSpace(points: PointSet, inducing: PointSet, options: ResidualOptions): ResidualSpace {
  const { count, dimension } = points;
  const memory = new KernelMemory();
  const kernels = loadKernels(memory.memory);
  const scaled = inLengthscales(memory, points, options);
  const explained = whiten(memory, kernels, scaled, inLengthscales(memory, inducing, options), options);
  const width = inducing.count;
  const { variances, doubtful, least } = residualVariances(memory, explained, count, width, options);
  const { kernel, variance } = options;
  const coordinates = scaled.values;
  const others = memory.integers(count + 8);
  const products = memory.doubles(count + 8);
  const between = (a: number, b: number, explainedBoth: number) => {
    if (a === b) return 0;
    const square = squaredEuclidean(coordinates, a * dimension, coordinates, b * dimension, dimension);
    const both = covariance(kernel, variance, square);
    return residualDistance(residualCorrelation(both, explainedBoth, variances[a]!, variances[b]!));
  };
  return {
    kind: "residual",
    count,
    dimension,
    options,
    memory,
    coordinates,
    explained,
    width,
    variances,
    doubtful,
    metric: true,
    slack: { relative: 2 ** -50, absolute: roundingOfSquare(width, dimension, options, least) },
    between: (a, b) => between(a, b, product(explained, a * width, explained, b * width, width)),
    measure(from, to, into) {
      const padded = Math.ceil(to.length / 8) * 8;
      others.fill(0, 0, padded);
      others.set(to);
      kernels.rowProducts(explained.byteOffset, width, from, others.byteOffset, padded, products.byteOffset);
      for (let index = 0; index < to.length; index++) into[index] = between(from, to[index]!, products[index]!);
    },
    toMetric: (distance) => distance,
  };
}

function inLengthscales(memory: KernelMemory, { count, dimension, values }: PointSet, options: ResidualOptions): PointSet {
  const { lengthscale } = options;
  const scales = typeof lengthscale === "number" ? Array<number>(dimension).fill(lengthscale) : lengthscale;
  if (scales.length !== dimension) {
    throw new StepError({
      error: "lengthscale-count",
      category: "input",
      detail: `There are ${scales.length} lengthscales, and points of ${dimension} columns.`,
      hint: "Give one lengthscale, or one for each column.",
    });
  }
  const scaled = memory.doubles(count * dimension);
  for (let index = 0; index < scaled.length; index++) scaled[index] = values[index]! / scales[index % dimension]!;
  return { count, dimension, values: scaled };
}

/** p = variance + nugget − |V|². The nugget stands on the diagonal, so that the matrix of residuals stays positive semidefinite. */
function residualVariances(
  memory: KernelMemory,
  explained: Float64Array,
  count: number,
  width: number,
  { variance, nugget }: ResidualOptions,
) {
  const variances = memory.doubles(count);
  const whole = variance + nugget * variance;
  const doubtfulBelow = 1000 * (width + 2) * 2 ** -53 * whole;
  let doubtful = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let row = 0; row < count; row++) {
    const left = whole - product(explained, row * width, explained, row * width, width);
    if (!(left > 0)) throw noVariance(row, left);
    if (left < doubtfulBelow) doubtful++;
    variances[row] = left;
    least = Math.min(least, left);
  }
  return { variances, doubtful, least };
}

/**
 * How far 1 − |ρ| may be from that of the exact residuals of V as it was computed. The numerator is a covariance and a sum of
 * `width` products, each of at most the variance; the denominator is as near to a sum of the same length, divided by the
 * least residual variance. That V itself is rounded does no harm: the triangle inequality needs every three residuals to
 * be positive semidefinite, and the nugget is greater than what that lacks by orders of magnitude.
 */
function roundingOfSquare(width: number, dimension: number, { variance }: ResidualOptions, least: number): number {
  return (4 * (width + dimension + 16) * 2 ** -53 * variance) / least + 2 ** -50;
}

function noVariance(row: number, left: number): StepError {
  return new StepError({
    error: "residual-variance",
    category: "invariant",
    detail: `The residual variance of row ${row} is ${left}; it must be above 0.`,
    hint: "Raise nugget or jitter.",
  });
}

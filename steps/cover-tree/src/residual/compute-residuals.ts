import { StepError } from "@orchestrate/sdk";
import type { KernelMemory } from "../kernels/kernel-memory.ts";
import type { Kernels } from "../kernels/kernels.ts";
import { LARGEST } from "../points/check-points.ts";
import { columnCount } from "../points/column-count.ts";
import type { PointSet } from "../points/point-set.ts";
import type { RowName } from "../space/row-name.ts";
import { product } from "./residual-correlation.ts";
import type { ResidualOptions } from "./residual-options.ts";
import type { Residuals } from "./residual-space.ts";
import { whiten } from "./whiten.ts";

/**
 * Computes what the inducing points leave unexplained of each point.
 *
 * @throws StepError `lengthscale-count`, `points-too-large`, `inducing-dependent` (input), `residual-variance`
 * (invariant).
 */
export function computeResiduals(
  memory: KernelMemory,
  kernels: Kernels,
  points: PointSet,
  inducing: PointSet,
  options: ResidualOptions,
  name: RowName,
): Residuals {
  const { count, dimension } = points;
  const scaled = inLengthscales(memory, points, options, name);
  const places = inLengthscales(memory, inducing, options, (position) => `inducing point ${position}`);
  const { explained, spread } = whiten(memory, kernels, scaled, places, options);
  const width = inducing.count;
  const left = residualVariances(memory, explained, spread, count, width, options, name);
  return { kind: "residual", count, dimension, options, coordinates: scaled.values, explained, width, ...left };
}

function inLengthscales(
  memory: KernelMemory,
  { count, dimension, values }: PointSet,
  { lengthscale }: ResidualOptions,
  name: RowName,
): PointSet {
  const scales = typeof lengthscale === "number" ? Array<number>(dimension).fill(lengthscale) : lengthscale;
  if (scales.length !== dimension) {
    throw new StepError({
      error: "lengthscale-count",
      category: "input",
      detail: `The points have ${columnCount(dimension)}, and lengthscale has ${scales.length} in its list.`,
      hint: "Give a number that serves every column, or a list with one for each.",
    });
  }
  const scaled = memory.doubles(count * dimension);
  for (let index = 0; index < scaled.length; index++) {
    const column = index % dimension;
    scaled[index] = values[index]! / scales[column]!;
    if (Math.abs(scaled[index]!) > LARGEST)
      throw tooLarge(name(Math.floor(index / dimension)), column, scales[column]!);
  }
  return { count, dimension, values: scaled };
}

/**
 * p = variance + nugget − |V|². The nugget stands on the diagonal, so that the matrix of residuals stays positive
 * semidefinite.
 */
function residualVariances(
  memory: KernelMemory,
  explained: Float64Array,
  spread: number,
  count: number,
  width: number,
  { variance, nugget }: ResidualOptions,
  name: RowName,
) {
  const variances = memory.doubles(count);
  const whole = variance + nugget * variance;
  const doubtfulBelow = 1000 * (width + 2) * 2 ** -53 * whole * spread;
  let doubtful = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let row = 0; row < count; row++) {
    const left = whole - product(explained, row * width, explained, row * width, width);
    if (!(left > 0)) throw noVariance(name(row), left);
    if (left < doubtfulBelow) doubtful++;
    variances[row] = left;
    least = Math.min(least, left);
  }
  return { variances, doubtful, least };
}

function tooLarge(row: string, column: number, lengthscale: number): StepError {
  return new StepError({
    error: "points-too-large",
    category: "input",
    detail: `Column ${column} of ${row} lies more than ${LARGEST} lengthscales of ${lengthscale} from 0.`,
    hint: "Take a longer lengthscale: squares of differences must be finite.",
  });
}

function noVariance(row: string, left: number): StepError {
  return new StepError({
    error: "residual-variance",
    category: "invariant",
    detail: `The residual variance of ${row} is ${left}; it must be above 0.`,
    hint: "Raise nugget or jitter.",
  });
}

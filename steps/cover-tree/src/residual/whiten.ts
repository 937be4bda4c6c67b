import type { KernelMemory } from "../kernels/kernel-memory.ts";
import type { Kernels } from "../kernels/kernels.ts";
import type { PointSet } from "../points/point-set.ts";
import { squaredEuclidean } from "../space/squared-euclidean.ts";
import { cholesky } from "./cholesky.ts";
import { covariance } from "./covariance.ts";
import type { ResidualOptions } from "./residual-options.ts";

/**
 * V = (L⁻¹ K_mx)ᵀ, the part of each point that the inducing points explain: V Vᵀ is the covariance given by them. L Lᵀ
 * is the covariance of the inducing points with its jitter.
 *
 * @param points in lengthscales, as `inducing`.
 * @param width columns of V: the inducing points and zeros.
 * @returns V row by row, and `spread`, by how much the greatest pivot exceeds the least: about by how much solving
 * enlarges rounding.
 */
export function whiten(
  memory: KernelMemory,
  kernels: Kernels,
  points: PointSet,
  inducing: PointSet,
  options: ResidualOptions,
): { readonly explained: Float64Array; readonly spread: number } {
  const width = inducing.count;
  const lower = lowerOf(memory, inducing, options);
  const rows = memory.doubles(points.count * width);
  const panel = memory.doubles(width * 8);
  for (let first = 0; first < points.count; first += 8) {
    const count = Math.min(8, points.count - first);
    panel.fill(0);
    for (let lane = 0; lane < count; lane++) {
      for (let column = 0; column < width; column++) {
        panel[column * 8 + lane] = between(points, first + lane, inducing, column, options);
      }
    }
    kernels.solve(lower.byteOffset, width, panel.byteOffset);
    for (let lane = 0; lane < count; lane++) {
      const row = (first + lane) * width;
      for (let column = 0; column < width; column++) rows[row + column] = panel[column * 8 + lane]!;
    }
  }
  const pivots = Float64Array.from({ length: width }, (_, row) => lower[row * width + row]!).sort();
  return { explained: rows, spread: pivots[width - 1]! / pivots[0]! };
}

function lowerOf(memory: KernelMemory, inducing: PointSet, options: ResidualOptions): Float64Array {
  const width = inducing.count;
  const matrix = memory.doubles(width * width);
  for (let row = 0; row < width; row++) {
    for (let column = 0; column <= row; column++) {
      matrix[row * width + column] = between(inducing, row, inducing, column, options);
    }
    matrix[row * width + row]! += options.jitter * options.variance;
  }
  cholesky(matrix, width);
  return matrix;
}

function between(a: PointSet, row: number, b: PointSet, other: number, { kernel, variance }: ResidualOptions): number {
  const { dimension } = a;
  const square = squaredEuclidean(a.values, row * dimension, b.values, other * dimension, dimension);
  return covariance(kernel, variance, square);
}

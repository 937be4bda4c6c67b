import { gatheredBytes } from "../kernels/gathered-rows.ts";
import type { KernelMemory } from "../kernels/kernel-memory.ts";
import type { Kernels } from "../kernels/kernels.ts";
import { ROW_KERNEL_BYTES } from "../kernels/row-kernel.ts";
import { type ResidualSpace, type Residuals, residualSpace } from "../residual/residual-space.ts";
import { type VectorSpace, type Vectors, vectorSpace } from "./vector-space.ts";

/** Points that any thread can compare, as plain data. */
export type SharedPoints = Vectors | Residuals;

/** Bytes that a thread takes for itself to compare such points, at most. */
export function scratchBytes(points: SharedPoints): number {
  return ROW_KERNEL_BYTES + (points.kind === "vectors" ? gatheredBytes(points.count, points.dimension) : 0);
}

/** @param memory what comparing them needs for itself is taken from it. */
export function sharedSpace(memory: KernelMemory, kernels: Kernels, points: SharedPoints): VectorSpace | ResidualSpace {
  return points.kind === "vectors" ? vectorSpace(memory, kernels, points) : residualSpace(memory, kernels, points);
}

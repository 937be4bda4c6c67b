import { StepError } from "@orchestrate/sdk";
import { KernelMemory } from "../kernels/kernel-memory.ts";
import { type Kernels, loadKernels } from "../kernels/kernels.ts";
import type { PointSet } from "../points/point-set.ts";
import { computeResiduals } from "../residual/compute-residuals.ts";
import { type ResidualSpace, residualSpace } from "../residual/residual-space.ts";
import { unreachable } from "../unreachable.ts";
import type { Distance } from "./distance.ts";
import { type FunctionSpace, functionSpace } from "./function-space.ts";
import { prepareVectors } from "./prepare-vectors.ts";
import { type RowName, rowName } from "./row-name.ts";
import { type VectorSpace, vectorSpace } from "./vector-space.ts";

/** A space, and the memory in which its numbers lie. */
export interface OpenSpace {
  readonly memory: KernelMemory;
  readonly kernels: Kernels;
  readonly space: AnySpace;
}

export type AnySpace = VectorSpace | ResidualSpace | FunctionSpace;

/**
 * Brings points under a distance.
 *
 * @param inducing of the residual correlation; others do not look at it.
 * @param name how the points are called in errors.
 * @param tree the rows of a tree whose points come first; those that `name` speaks of follow them.
 * @throws StepError `points-too-many` (input), now or when more is computed of the points; or what the distance
 * refuses.
 */
export function openSpace(
  distance: Distance,
  points: PointSet,
  inducing: PointSet,
  name: string,
  tree: Int32Array = new Int32Array(),
): OpenSpace {
  const memory = new KernelMemory(undefined, tooMany);
  const kernels = loadKernels(memory.memory);
  return { memory, kernels, space: spaceOf(memory, kernels, distance, points, inducing, rowName(name, tree)) };
}

function spaceOf(
  memory: KernelMemory,
  kernels: Kernels,
  distance: Distance,
  points: PointSet,
  inducing: PointSet,
  name: RowName,
): AnySpace {
  switch (distance.kind) {
    case "vectors":
      return vectorSpace(memory, kernels, prepareVectors(memory, points, distance.preparation, distance.report, name));
    case "residual":
      return residualSpace(
        memory,
        kernels,
        computeResiduals(memory, kernels, points, inducing, distance.process, name),
      );
    case "function":
      return functionSpace(points, distance, name);
    default:
      return unreachable(distance);
  }
}

function tooMany(limit: number): StepError {
  return new StepError({
    error: "points-too-many",
    category: "input",
    detail: `The points and what is computed of them take more than the ${limit} bytes that the inner loops can address.`,
    hint: "Part the points into several trees, and take the nearest of their answers.",
  });
}

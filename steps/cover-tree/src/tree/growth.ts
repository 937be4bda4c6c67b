import type { KernelMemory } from "../kernels/kernel-memory.ts";
import type { AnySpace, OpenSpace } from "../space/open-space.ts";
import { newOutline, noLists, type Outline } from "./outline.ts";

/** A tree while points are put into it. */
export interface Growth extends Outline {
  readonly space: AnySpace;
  readonly memory: KernelMemory;
  /** Below each position, the leaves. */
  readonly leaves: number[][];
  /** Leaves that are no duplicates of their parent. */
  readonly loose: Int32Array;
  /** How many loose leaves a point may have before its leaves are parted. */
  readonly limits: Float64Array;
}

/** An empty tree over the positions of a space. */
export function newGrowth({ space, memory }: OpenSpace, base: number, leafSize: number): Growth {
  const { count } = space;
  return {
    ...newOutline(space, base),
    space,
    memory,
    leaves: noLists(count),
    loose: new Int32Array(count),
    limits: new Float64Array(count).fill(leafSize),
  };
}

/** Whether a point has more loose leaves than it may. */
export function isCrowded({ loose, limits }: Growth, point: number): boolean {
  return loose[point]! > limits[point]!;
}

/** The points that have, from the root down, those below one together. */
export function crowdedNodes(growth: Growth): number[] {
  const { root, children } = growth;
  const crowded: number[] = [];
  const open = root < 0 ? [] : [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isCrowded(growth, node)) crowded.push(node);
    for (const child of children[node]!) open.push(child);
  }
  return crowded;
}

import type { Space } from "../space/space.ts";
import { LEAF } from "./cover-tree.ts";
import { Scale } from "./scale.ts";

/** A tree while points are put into it. Positions that are not in it have no parent and are not the root. */
export interface Growth {
  readonly space: Space;
  readonly scale: Scale;
  readonly levels: Int32Array;
  /** The reach of each point's level, if it is no leaf: what it covers lies within. */
  readonly reaches: Float64Array;
  readonly parents: Int32Array;
  /** From each point to its parent. */
  readonly distances: Float64Array;
  /** At least the distance of the farthest descendant that is no leaf. */
  readonly spans: Float64Array;
  /** Below each position, the points that are no leaves, farthest first. */
  readonly children: number[][];
  /** Below each position, the leaves. */
  readonly leaves: number[][];
  /** Leaves that are no duplicates of their parent. */
  readonly loose: Int32Array;
  /** How many loose leaves a point may have before its leaves are parted. */
  readonly limits: Float64Array;
  /** Room for the distances to some points. */
  readonly room: Float64Array;
  root: number;
  /** Distances computed so far. */
  evaluations: number;
}

/** An empty tree over the positions of a space. */
export function newGrowth(space: Space, base: number, leafSize: number): Growth {
  const { count } = space;
  // Most points have nothing below them: they share one list, until `append` gives them their own.
  const none: number[] = [];
  return {
    space,
    scale: new Scale(base),
    levels: new Int32Array(count).fill(LEAF),
    reaches: new Float64Array(count),
    parents: new Int32Array(count).fill(-1),
    distances: new Float64Array(count),
    spans: new Float64Array(count),
    children: Array<number[]>(count).fill(none),
    leaves: Array<number[]>(count).fill(none),
    loose: new Int32Array(count),
    limits: new Float64Array(count).fill(leafSize),
    room: new Float64Array(count),
    root: -1,
    evaluations: 0,
  };
}

/** Adds a point to the list of another. */
export function append(lists: number[][], at: number, point: number): void {
  if (lists[at]!.length === 0) lists[at] = [point];
  else lists[at]!.push(point);
}

/** The metric distance of two positions, counted. */
export function measure(growth: Growth, a: number, b: number): number {
  growth.evaluations++;
  return growth.space.toMetric(growth.space.between(a, b));
}

/** The metric distances of a position to several, counted. */
export function measureAll(growth: Growth, from: number, to: ArrayLike<number>, into: Float64Array): void {
  growth.evaluations += to.length;
  growth.space.measure(from, to, into);
}

/** Looks which of the first `count` positions that were gathered are near one, as `Gathered` does; their distances are counted. */
export function lookWithin(growth: Growth, from: number, count: number, most: number): number {
  growth.evaluations += count;
  return growth.space.gathered.within(from, count, most);
}

/** Whether a point has more loose leaves than it may. */
export function isCrowded({ loose, limits }: Growth, point: number): boolean {
  return loose[point]! > limits[point]!;
}

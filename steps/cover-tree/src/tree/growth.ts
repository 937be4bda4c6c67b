import { leastDistance } from "../space/slack.ts";
import type { Space } from "../space/space.ts";
import { type CoverTree, LEAF, LOWEST, levelBelow } from "./cover-tree.ts";

/** A tree while points are put into it. Positions that are not in it have no parent and are not the root. */
export interface Growth {
  readonly space: Space;
  readonly levels: Int32Array;
  /** 2 to the level of each point that is no leaf: what it covers lies within. */
  readonly reaches: Float64Array;
  readonly parents: Int32Array;
  readonly radii: Float64Array;
  /** From each point to its parent. */
  readonly distances: Float64Array;
  /** Below each position, the points that are no leaves. */
  readonly children: number[][];
  /** Below each position, the leaves. */
  readonly leaves: number[][];
  /** Leaves that are no duplicates of their parent. */
  readonly loose: Int32Array;
  /** How many loose leaves a point may have before its leaves are parted. */
  readonly limits: Float64Array;
  root: number;
  /** Distances computed so far. */
  evaluations: number;
  /** Where distances to several points are written. */
  readonly measured: Float64Array;
}

/** An empty tree over the positions of a space. */
export function newGrowth(space: Space, leafSize: number): Growth {
  const { count } = space;
  return {
    space,
    levels: new Int32Array(count).fill(LEAF),
    reaches: new Float64Array(count),
    parents: new Int32Array(count).fill(-1),
    radii: new Float64Array(count),
    distances: new Float64Array(count),
    children: Array.from({ length: count }, () => []),
    leaves: Array.from({ length: count }, () => []),
    loose: new Int32Array(count),
    limits: new Float64Array(count).fill(leafSize),
    root: -1,
    evaluations: 0,
    measured: new Float64Array(count),
  };
}

/** The metric distance of two positions, counted. */
export function measure(growth: Growth, a: number, b: number): number {
  growth.evaluations++;
  return growth.space.toMetric(growth.space.between(a, b));
}

/** The metric distances from one position to several, counted; they are overwritten by the next call. */
export function measureAll(growth: Growth, from: number, to: readonly number[]): Float64Array {
  growth.evaluations += to.length;
  growth.space.measure(from, to, growth.measured);
  return growth.measured;
}

/**
 * Puts a point into the tree as a leaf of the lowest node that covers it, going down to the nearest covering child each
 * time.
 */
export function addLeaf(growth: Growth, point: number): void {
  const { radii, reaches, children } = growth;
  if (growth.root < 0) {
    growth.root = point;
    raise(growth, point, LOWEST);
    return;
  }
  let parent = growth.root;
  let distance = measure(growth, point, parent);
  if (distance > reaches[parent]!) raise(growth, parent, levelBelow(distance) + 1);
  for (;;) {
    radii[parent] = Math.max(radii[parent]!, distance);
    let nearest = -1;
    let least = Number.POSITIVE_INFINITY;
    const below = children[parent]!;
    const measured = measureAll(growth, point, below);
    for (let index = 0; index < below.length; index++) {
      const child = below[index]!;
      const apart = measured[index]!;
      if (apart <= reaches[child]! && apart < least) {
        nearest = child;
        least = apart;
      }
    }
    if (nearest < 0) break;
    parent = nearest;
    distance = least;
  }
  hangLeaf(growth, point, parent, distance);
}

/** Makes a point a leaf of `parent`. Radii are the caller's matter. */
export function hangLeaf(growth: Growth, point: number, parent: number, distance: number): void {
  growth.levels[point] = LEAF;
  growth.parents[point] = parent;
  growth.distances[point] = distance;
  growth.leaves[parent]!.push(point);
  if (distance > 0) growth.loose[parent]!++;
}

/** Makes a point a child of `parent` at the highest level that it can have there. Radii are the caller's matter. */
export function hangChild(growth: Growth, point: number, parent: number, distance: number): void {
  raise(growth, point, levelBelow(distance));
  growth.parents[point] = parent;
  growth.distances[point] = distance;
  growth.children[parent]!.push(point);
}

/** Gives a point a level at which it is no leaf. */
export function raise(growth: Growth, point: number, level: number): void {
  growth.levels[point] = level;
  growth.reaches[point] = 2 ** level;
}

/** Makes the radii of all that stand above a point reach it. */
export function reachFromAbove(growth: Growth, point: number): void {
  const { parents, radii, distances } = growth;
  let above = parents[point]!;
  if (above >= 0) radii[above] = Math.max(radii[above]!, distances[point]!);
  for (above = above < 0 ? -1 : parents[above]!; above >= 0; above = parents[above]!) {
    radii[above] = Math.max(radii[above]!, measure(growth, point, above));
  }
}

/**
 * The node nearest to a point among those that cover it (that lie within 2^level), ties by smaller position. A child of
 * it, at the level below the distance, is separated from every node: any that were too near would cover it, and be nearer.
 *
 * @param known a node that covers the point, and its distance.
 */
export function nearestCover(
  growth: Growth,
  point: number,
  known: { readonly node: number; readonly distance: number },
): { readonly node: number; readonly distance: number } {
  const { radii, reaches, children, space } = growth;
  let { node, distance } = known;
  const toRoot = measure(growth, point, growth.root);
  if (toRoot < distance || (toRoot === distance && growth.root < node)) {
    node = growth.root;
    distance = toRoot;
  }
  const open = [growth.root];
  for (let above = open.pop(); above !== undefined; above = open.pop()) {
    const below = children[above]!;
    const measured = measureAll(growth, point, below);
    for (let index = 0; index < below.length; index++) {
      const child = below[index]!;
      const apart = measured[index]!;
      if (apart <= reaches[child]! && (apart < distance || (apart === distance && child < node))) {
        node = child;
        distance = apart;
      }
      if (children[child]!.length === 0) continue;
      if (leastDistance(apart, radii[child]!, space.slack) <= Math.min(distance, reaches[child]! / 2)) open.push(child);
    }
  }
  return { node, distance };
}

/** The tree as it stands, with radii made as small as they can be. */
export function finishedTree(growth: Growth, rows: Int32Array): CoverTree {
  const { levels, parents, radii } = growth;
  radii.fill(0);
  for (let point = 0; point < parents.length; point++) reachFromAbove(growth, point);
  return { rows, levels: levels.slice(), parents: parents.slice(), radii: radii.slice() };
}

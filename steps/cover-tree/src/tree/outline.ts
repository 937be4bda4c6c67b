import type { Space } from "../space/space.ts";
import { LEAF } from "./cover-tree.ts";
import { type Desk, newDesk, sharedDoubles, sharedIntegers } from "./desk.ts";
import { Scale } from "./scale.ts";

/** The nodes of a tree while points are put into it, and what every thread may look at of them. */
export interface Outline extends SharedOutline {
  readonly shared: SharedOutline;
  readonly space: Space;
  readonly scale: Scale;
  /** Below each position, the points that are no leaves, farthest first. */
  readonly children: number[][];
  /** Room for the distances to some points. */
  readonly room: Float64Array;
  root: number;
  /** How many points are children of others: the first so many of `nodes`. */
  nodeCount: number;
  /** Distances computed so far. */
  evaluations: number;
}

/** What threads share of an outline: plain arrays over the positions of a space. */
export interface SharedOutline {
  /** How many times as far each level reaches as the one below it. */
  readonly base: number;
  readonly levels: Int32Array;
  /** The reach of each point's level, if it is no leaf: what it covers lies within. */
  readonly reaches: Float64Array;
  /** -1 of positions that are not in the tree, and of the root. */
  readonly parents: Int32Array;
  /** From each point to its parent. */
  readonly distances: Float64Array;
  /** At least the distance of the farthest descendant that is no leaf. */
  readonly spans: Float64Array;
  /** Points in the order in which they became children of others. */
  readonly nodes: Int32Array;
  readonly desk: Desk;
}

/** An outline of a tree without points. */
export function newOutline(space: Space, base: number): Outline {
  const { count } = space;
  const shared: SharedOutline = {
    base,
    levels: sharedIntegers(count).fill(LEAF),
    reaches: sharedDoubles(count),
    parents: sharedIntegers(count).fill(-1),
    distances: sharedDoubles(count),
    spans: sharedDoubles(count),
    nodes: sharedIntegers(count),
    desk: newDesk(count),
  };
  return openOutline(space, shared);
}

/** An outline for a thread that shares it; `catchUp` tells it of what is there already. */
export function openOutline(space: Space, shared: SharedOutline): Outline {
  return {
    ...shared,
    shared,
    space,
    scale: new Scale(shared.base),
    children: noLists(shared.levels.length),
    room: new Float64Array(shared.levels.length),
    root: -1,
    nodeCount: 0,
    evaluations: 0,
  };
}

/** Lists for all positions, most of which stay empty: those share one, until `append` gives them their own. */
export function noLists(count: number): number[][] {
  return Array<number[]>(count).fill([]);
}

/** Adds a point to the list of another. */
export function append(lists: number[][], at: number, point: number): void {
  if (lists[at]!.length === 0) lists[at] = [point];
  else lists[at]!.push(point);
}

/** Puts a point among the children of its parent. */
export function addChild(outline: Outline, point: number): void {
  outline.nodes[outline.nodeCount++] = point;
  sortIn(outline, point);
}

/** Adds what another thread has made children of others since. */
export function catchUp(outline: Outline, root: number, nodeCount: number): void {
  outline.root = root;
  while (outline.nodeCount < nodeCount) sortIn(outline, outline.nodes[outline.nodeCount++]!);
}

function sortIn({ children, distances, parents }: Outline, point: number): void {
  const parent = parents[point]!;
  append(children, parent, point);
  const siblings = children[parent]!;
  let place = siblings.length - 1;
  for (; place > 0 && distances[siblings[place - 1]!]! < distances[point]!; place--) {
    siblings[place] = siblings[place - 1]!;
  }
  siblings[place] = point;
}

/** The metric distance of two positions, counted. */
export function measure(outline: Outline, a: number, b: number): number {
  outline.evaluations++;
  return outline.space.toMetric(outline.space.between(a, b));
}

/** The metric distances of a position to several, counted. */
export function measureAll(outline: Outline, from: number, to: ArrayLike<number>, into: Float64Array): void {
  outline.evaluations += to.length;
  outline.space.measure(from, to, into);
}

/**
 * Looks which of the first `count` positions that were gathered are near one, as `Gathered` does; their distances are
 * counted.
 */
export function lookWithin(outline: Outline, from: number, count: number, most: number): number {
  outline.evaluations += count;
  return outline.space.gathered.within(from, count, most);
}

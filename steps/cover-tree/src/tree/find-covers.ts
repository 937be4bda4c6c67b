import { mostDistance } from "../space/slack.ts";
import type { Outline } from "./outline.ts";

/** Points that go down a tree, and how far each is from where it is. */
export interface Descent {
  readonly points: Int32Array;
  readonly distances: Float64Array;
}

/** A node, and the places of the points that are at it: from `first` up to `end`. */
export interface Stop {
  readonly node: number;
  readonly first: number;
  readonly end: number;
}

/**
 * Takes points from a node that covers them down to the nearest child that does, as long as there is one. Those of one
 * node go together, so that its children are gathered once.
 *
 * @param descent changed in place: its points are sorted by where they stop.
 * @returns where they stop.
 */
export function findCovers(outline: Outline, node: number, descent: Descent): readonly Stop[] {
  const stops: Stop[] = [];
  const chosen = new Int32Array(descent.points.length);
  const sorted = { points: descent.points.slice(), distances: descent.distances.slice() };
  const open: Stop[] = [{ node, first: 0, end: descent.points.length }];
  for (let stop = open.pop(); stop !== undefined; stop = open.pop()) {
    const below = outline.children[stop.node]!;
    if (below.length === 0) {
      stops.push(stop);
      continue;
    }
    chooseChildren(outline, below, descent, stop, chosen);
    const ends = sortByChoice(descent, chosen, sorted, stop, below.length);
    for (let choice = 0; choice <= below.length; choice++) {
      const [first, end] = [choice === 0 ? stop.first : ends[choice - 1]!, ends[choice]!];
      if (first === end) continue;
      if (choice === 0) stops.push({ node: stop.node, first, end });
      else open.push({ node: below[choice - 1]!, first, end });
    }
  }
  return stops;
}

/**
 * Chooses for each point of a stop the nearest child that covers it, counted from 1, or 0. Children stand farthest
 * first, and the farther one is the farther it reaches: the last ones can't cover what is far from their parent.
 */
function chooseChildren(
  outline: Outline,
  below: readonly number[],
  { points, distances }: Descent,
  { first, end }: Stop,
  chosen: Int32Array,
): void {
  const farthest = gatherChildren(outline, below);
  outline.evaluations += outline.space.gathered.nearest(
    points.subarray(first, end),
    distances.subarray(first, end),
    farthest,
    chosen.subarray(first, end),
  );
}

/** @returns how far from its parent at most a point is that a child covers. */
function gatherChildren({ space, reaches, distances }: Outline, below: readonly number[]): readonly number[] {
  const limits: number[] = [];
  const farthest: number[] = [];
  for (const child of below) {
    limits.push(reaches[child]!);
    farthest.push(mostDistance(distances[child]!, reaches[child]!, space.slack));
  }
  space.gathered.gather(below, limits);
  return farthest;
}

/**
 * Sorts the points of a stop by what was chosen for them, stably.
 *
 * @param sorted room for it.
 * @returns for each choice the place after the last point for which it was made.
 */
function sortByChoice(
  { points, distances }: Descent,
  chosen: Int32Array,
  sorted: Descent,
  { first, end }: Stop,
  choices: number,
): readonly number[] {
  const next: number[] = Array(choices + 2).fill(0);
  for (let at = first; at < end; at++) next[chosen[at]! + 1]!++;
  next[0] = first;
  for (let choice = 0; choice <= choices; choice++) next[choice + 1]! += next[choice]!;
  for (let at = first; at < end; at++) {
    const to = next[chosen[at]!]!++;
    sorted.points[to] = points[at]!;
    sorted.distances[to] = distances[at]!;
  }
  for (let at = first; at < end; at++) {
    points[at] = sorted.points[at]!;
    distances[at] = sorted.distances[at]!;
  }
  return next;
}

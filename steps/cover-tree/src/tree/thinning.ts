import { type Candidate, candidateOf } from "./candidate.ts";
import type { Desk } from "./desk.ts";
import type { Outline } from "./outline.ts";

/** What the loose leaves of a node could become. */
export interface Thinning {
  readonly node: number;
  readonly leaves: Int32Array;
  /** How far the level of each reaches, should it become a node. */
  readonly reaches: Float64Array;
  /** Which of the leaves could be nodes, by descending rank; no two of them are in conflict. */
  readonly picks: Int32Array;
  /** For each pick the nearest node that keeps it from its level, or -1. */
  readonly obstacles: Int32Array;
  /** For each leaf the number of the nearest pick that it is in conflict with, a pick's own, or -1. */
  readonly nearest: Int32Array;
  /** The distance to that pick. */
  readonly lengths: Float64Array;
}

/** Where the thinning of a node of the round lies on the desk, with room for as many picks as there are leaves. */
export function thinningAt(
  { nodes, ends, points, reaches, picks, obstacles, nearest, lengths }: Desk,
  index: number,
): Thinning {
  const first = index === 0 ? 0 : ends[index - 1]!;
  const end = ends[index]!;
  return {
    node: nodes[index]!,
    leaves: points.subarray(first, end),
    reaches: reaches.subarray(first, end),
    picks: picks.subarray(first, end),
    obstacles: obstacles.subarray(first, end),
    nearest: nearest.subarray(first, end),
    lengths: lengths.subarray(first, end),
  };
}

/** The thinning of a node of the round that was found. */
export function foundAt(desk: Desk, index: number): Thinning {
  const thinning = thinningAt(desk, index);
  const count = desk.pickCounts[index]!;
  return { ...thinning, picks: thinning.picks.subarray(0, count), obstacles: thinning.obstacles.subarray(0, count) };
}

/** What the picks of a thinning could become. */
export function candidatesOf(outline: Outline, { leaves, picks }: Thinning): Candidate[] {
  const candidates: Candidate[] = [];
  // A typed array's iteration and its callbacks take longer than what is done here.
  for (let number = 0; number < picks.length; number++) candidates.push(candidateOf(outline, leaves[picks[number]!]!));
  return candidates;
}

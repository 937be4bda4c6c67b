import { leastDistance, mostDistance } from "../space/slack.ts";
import type { Candidate } from "./candidate.ts";
import { countWithin } from "./count-within.ts";
import { type Growth, lookWithin } from "./growth.ts";

/**
 * Finds for each of some candidates a node that keeps it from its level, since each of both would lie within the reach of the
 * other.
 *
 * @returns for each candidate that node, or -1.
 */
export function findObstacles(growth: Growth, candidates: readonly Candidate[]): Int32Array {
  const obstacles = new Int32Array(candidates.length).fill(-1);
  const open: Search[] = [
    { siblings: [growth.root], candidates: [...candidates.keys()], lengths: candidates.map(() => 0) },
  ];
  for (let search = open.pop(); search !== undefined; search = open.pop()) {
    const { siblings } = search;
    const farthest = gatherSiblings(growth, siblings);
    const below: (Search | undefined)[] = siblings.map(() => undefined);
    for (let at = 0; at < search.candidates.length; at++) {
      const index = search.candidates[at]!;
      if (obstacles[index]! >= 0) continue;
      const count = countWithin(farthest, search.lengths[at]!);
      obstacles[index] = lookAmong(growth, candidates[index]!, index, siblings, count, below);
    }
    for (const next of below) if (next !== undefined) open.push(next);
  }
  return obstacles;
}

/** Candidates, by their indexes, whose obstacles may stand at or below some siblings, and how far each is from the parent of these. */
interface Search {
  readonly siblings: readonly number[];
  readonly candidates: number[];
  readonly lengths: number[];
}

/**
 * Gathers siblings with the distance up to which an obstacle may stand at each or below it.
 *
 * @returns how far from its parent at most a candidate is that has one there or among the later ones.
 */
function gatherSiblings(growth: Growth, siblings: readonly number[]): readonly number[] {
  const { space, scale, children, reaches, spans, levels, distances } = growth;
  const limits: number[] = [];
  const farthest: number[] = [];
  for (const node of siblings) {
    const reach = reaches[node]!;
    const isEnd = children[node]!.length === 0;
    const limit = isEnd
      ? reach
      : Math.max(reach, mostDistance(spans[node]!, scale.reach(levels[node]! - 1), space.slack));
    limits.push(limit);
    farthest.push(mostDistance(distances[node]!, limit, space.slack));
  }
  space.gathered.gather(siblings, limits);
  for (let place = farthest.length - 1; place > 0; place--) {
    farthest[place - 1] = Math.max(farthest[place - 1]!, farthest[place]!);
  }
  return farthest;
}

/** @returns an obstacle among the first siblings, or -1; then `below` has those added below which there may be one. */
function lookAmong(
  growth: Growth,
  { point, reach }: Candidate,
  index: number,
  siblings: readonly number[],
  count: number,
  below: (Search | undefined)[],
): number {
  const { children, reaches, spans, space } = growth;
  const found = lookWithin(growth, point, count, Number.POSITIVE_INFINITY);
  const { places, distances } = space.gathered;
  for (let at = 0; at < found; at++) {
    const place = places[at]!;
    const node = siblings[place]!;
    const length = distances[at]!;
    if (length <= reach && length <= reaches[node]!) return node;
    if (children[node]!.length === 0 || leastDistance(length, spans[node]!, space.slack) > reach) continue;
    below[place] ??= { siblings: children[node]!, candidates: [], lengths: [] };
    below[place].candidates.push(index);
    below[place].lengths.push(length);
  }
  return -1;
}

import type { Candidate } from "./candidate.ts";
import { type Growth, lookWithin } from "./growth.ts";
import { rankOf } from "./independent-set.ts";

/** What the loose leaves of a node could become. */
export interface Thinning {
  readonly node: number;
  readonly leaves: readonly number[];
  /** Those that could be nodes, by descending rank; no two of them are in conflict. */
  readonly picks: readonly Candidate[];
  /** For each leaf the place among the picks of the nearest that it is in conflict with, a pick's own, or -1. */
  readonly nearest: readonly number[];
  /** The distance to that pick. */
  readonly lengths: readonly number[];
}

/** Leaves that are picked at a time, so that the time for a node with many grows no faster than they do. */
export const MOST_PICKS = 96;

/** Picks after which it is seen whether they thin out the leaves: the first ones reach farthest, and settle most. */
const TRIED = 8;

/**
 * Picks leaves of a node that could become nodes: a maximal independent set of their conflict graph, by descending rank, of which
 * the first so many are taken. The graph is not written down, since a pick settles all that it is in conflict with.
 *
 * @param share how many leaves, itself among them, a pick must settle on average; where it is fewer, there is no thinning.
 */
export function thinLeaves(growth: Growth, node: number, share: number, seed: number): Thinning | undefined {
  const { distances, scale } = growth;
  const leaves = looseLeaves(growth, node);
  const reaches: number[] = [];
  const unsettled: number[] = [];
  for (let place = 0; place < leaves.length; place++) {
    const level = scale.levelBelow(distances[leaves[place]!]!);
    reaches.push(scale.reach(level));
    unsettled.push(rankOf(level, leaves[place]!, seed));
  }
  const nearest = Array<number>(leaves.length).fill(-1);
  const lengths = Array<number>(leaves.length).fill(Number.POSITIVE_INFINITY);
  const picks: Candidate[] = [];
  const { gathered } = growth.space;
  gathered.gather(leaves, reaches);
  let settled = 0;
  while (picks.length < MOST_PICKS && settled < leaves.length) {
    const place = highest(unsettled);
    const point = leaves[place]!;
    const reach = reaches[place]!;
    nearest[place] = picks.length;
    lengths[place] = 0;
    unsettled[place] = SETTLED;
    settled++;
    const found = lookWithin(growth, point, leaves.length, reach);
    for (let index = 0; index < found; index++) {
      const other = gathered.places[index]!;
      const length = gathered.distances[index]!;
      if (length >= lengths[other]!) continue;
      if (nearest[other]! < 0) settled++;
      nearest[other] = picks.length;
      lengths[other] = length;
      unsettled[other] = SETTLED;
    }
    const distance = distances[point]!;
    picks.push({ point, parent: node, distance, level: scale.levelBelow(distance), reach });
    if (picks.length >= TRIED && settled < share * picks.length) return undefined;
  }
  return settled < share * picks.length ? undefined : { node, leaves, picks, nearest, lengths };
}

/** A list of its own, since that of the node may grow meanwhile. */
function looseLeaves({ leaves, loose, distances }: Growth, node: number): readonly number[] {
  const all = leaves[node]!;
  return loose[node] === all.length ? all.slice() : all.filter((point) => distances[point]! > 0);
}

const SETTLED = Number.NEGATIVE_INFINITY;

function highest(ranks: readonly number[]): number {
  let place = 0;
  for (let other = 1; other < ranks.length; other++) if (ranks[other]! > ranks[place]!) place = other;
  return place;
}

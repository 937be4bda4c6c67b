import type { Surveyors } from "../threads/surveyors.ts";
import type { Candidate } from "./candidate.ts";
import { LEAF } from "./cover-tree.ts";
import { type Growth, isCrowded } from "./growth.ts";
import { hangChild, hangLeaf } from "./hang-point.ts";
import { independentSet, rankOf } from "./independent-set.ts";
import type { InsertOptions } from "./insert-options.ts";
import { moveAway } from "./move-away.ts";
import { startRound } from "./start-round.ts";
import { candidatesOf, foundAt, type Thinning } from "./thinning.ts";

/** Leaves that a new node must have, itself among them, on average. */
const SHARE = 4;

/** What became of the leaves of a round. */
export interface Round {
  readonly candidates: number;
  readonly selected: number;
  readonly dominated: number;
  readonly conflicts: number;
}

/**
 * Parts the leaves of some nodes that have more than they may. Some of them are picked that could become nodes. A pick
 * that is too near to another node goes to that one, with the leaves around it; a maximal independent set of the
 * others' conflict graph becomes children, and each takes the leaves that it was nearest to. Where that does not thin
 * the leaves out, as in many dimensions, they stay as they are until two to eight times as many have come.
 *
 * @param crowded nodes with more loose leaves than their limit; those that were dealt with are taken from it, and those
 * that have come to have too many are added.
 */
export async function partLeaves(
  growth: Growth,
  crowded: Set<number>,
  options: InsertOptions,
  surveyors: Surveyors,
): Promise<Round> {
  const { seed } = options;
  const share = options.leafSize === 0 ? 0 : SHARE;
  const { nodes, leafCount } = startRound(growth, crowded);
  await surveyors.thin(nodes.length, leafCount, share, seed);
  const thinnings: Thinning[] = [];
  for (const [index, node] of nodes.entries()) {
    if (growth.desk.pickCounts[index] === 0) growth.limits[node] = limitAfter(growth.loose[node]!, node, seed);
    else thinnings.push(foundAt(growth.desk, index));
  }
  const candidates = thinnings.flatMap((thinning) =>
    candidatesOf(growth, thinning).filter((_, pick) => thinning.obstacles[pick]! < 0),
  );
  const graph = options.conflictGraph(growth, candidates);
  const ranks = Float64Array.from(candidates, ({ level, point }) => rankOf(level, point, seed));
  const chosen = independentSet(graph, ranks);
  const selected = new Map<number, Candidate>();
  for (const [index, candidate] of candidates.entries())
    if (chosen[index] === 1) selected.set(candidate.point, candidate);
  const moved = thinnings.reduce((sum, thinning) => sum + moveAway(growth, thinning, crowded), 0);
  const counts = { candidates: 0, selected: 0, dominated: moved, conflicts: graph.neighbours.length / 2 };
  for (const thinning of thinnings) {
    const { node, leaves } = thinning;
    const children = selectedOf(thinning, selected);
    const around = leavesAround(thinning, selected);
    const isWorthwhile = children.length + around.length >= share * children.length;
    if (isWorthwhile) hangAll(growth, thinning, children, around, crowded);
    dropMoved(growth, node);
    if (!isWorthwhile) growth.limits[node] = limitAfter(growth.loose[node]!, node, seed);
    else if (isCrowded(growth, node)) crowded.add(node);
    counts.candidates += leaves.length;
    counts.selected += isWorthwhile ? children.length : 0;
    counts.dominated += isWorthwhile ? around.length : 0;
  }
  return counts;
}

function selectedOf({ leaves, picks }: Thinning, selected: ReadonlyMap<number, Candidate>): readonly Candidate[] {
  const children: Candidate[] = [];
  for (let number = 0; number < picks.length; number++) {
    const candidate = selected.get(leaves[picks[number]!]!);
    if (candidate !== undefined) children.push(candidate);
  }
  return children;
}

/** The leaves that are nearest to a selected pick, without the picks: which they are. */
function leavesAround(
  { leaves, picks, nearest }: Thinning,
  selected: ReadonlyMap<number, Candidate>,
): readonly number[] {
  const isChild = Array.from(picks, (pick) => selected.has(leaves[pick]!));
  const places: number[] = [];
  for (let place = 0; place < leaves.length; place++) {
    const number = nearest[place]!;
    if (number >= 0 && isChild[number] && picks[number] !== place) places.push(place);
  }
  return places;
}

/** Makes picks children of their node, and each of the leaves at `around` a leaf of the nearest. */
function hangAll(
  growth: Growth,
  { leaves, picks, nearest, lengths }: Thinning,
  children: readonly Candidate[],
  around: readonly number[],
  crowded: Set<number>,
): void {
  for (const { point, parent, distance, level } of children) hangChild(growth, point, parent, distance, level);
  for (const place of around) {
    hangLeaf(growth, leaves[place]!, leaves[picks[nearest[place]!]!]!, lengths[place]!);
  }
  for (const { point } of children) if (isCrowded(growth, point)) crowded.add(point);
}

/** Takes what has become a child, or hangs elsewhere now, from a node's leaves. */
function dropMoved({ parents, levels, leaves, loose }: Growth, node: number): void {
  const all = leaves[node]!;
  leaves[node] = all.filter((point) => parents[point] === node && levels[point] === LEAF);
  // Duplicates stay: what went was loose.
  loose[node]! -= all.length - leaves[node].length;
}

/**
 * When the leaves of a node are to be parted that did not thin out when there were so many: after one to three
 * doublings, which differs from node to node, so that nodes of one depth don't all come to it with the same number of
 * points.
 */
export function limitAfter(leaves: number, node: number, seed: number): number {
  return leaves * 2 ** (1 + (2 * rankOf(0, node, seed)) / 2 ** 32);
}

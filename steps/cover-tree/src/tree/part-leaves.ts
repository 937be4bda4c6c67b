import { descend } from "./add-leaf.ts";
import type { Candidate } from "./candidate.ts";
import { LEAF } from "./cover-tree.ts";
import { findObstacle } from "./find-obstacle.ts";
import { type Growth, isCrowded, measure } from "./growth.ts";
import { hangChild, hangLeaf } from "./hang-point.ts";
import { independentSet, rankOf } from "./independent-set.ts";
import type { InsertOptions } from "./insert-options.ts";
import { type Thinning, thinLeaves } from "./thin-leaves.ts";

/** Leaves of one round, unless a single node has more: few enough for the pairs of candidates not to matter. */
const MOST_LEAVES = 512;

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
 * Parts the leaves of some nodes that have more than they may. Some of them are picked that could become nodes. A pick that is
 * too near to another node goes to that one, with the leaves around it; a maximal independent set of the others' conflict graph
 * becomes children, and each takes the leaves that it was nearest to. Where that does not thin the leaves out, as in many
 * dimensions, they stay as they are until four times as many have come.
 *
 * @param crowded nodes with more loose leaves than their limit; those that were dealt with are taken from it, and those that
 * have come to have too many are added.
 */
export function partLeaves(growth: Growth, crowded: Set<number>, options: InsertOptions): Round {
  const share = options.leafSize === 0 ? 0 : SHARE;
  const thinnings: Thinning[] = [];
  for (const node of takeNodes(growth, crowded)) {
    const thinning = thinLeaves(growth, node, share, options.seed);
    if (thinning === undefined) growth.limits[node] = limitAfter(growth.loose[node]!);
    else thinnings.push(thinning);
  }
  const obstacles = thinnings.map(({ picks }) => picks.map(({ point, reach }) => findObstacle(growth, point, reach)));
  const candidates = thinnings.flatMap(({ picks }, at) => picks.filter((_, pick) => obstacles[at]![pick] === -1));
  const graph = options.conflictGraph(growth, candidates);
  const ranks = Float64Array.from(candidates, ({ level, point }) => rankOf(level, point, options.seed));
  const chosen = independentSet(graph, ranks);
  const selected = new Set(candidates.filter((_, index) => chosen[index] === 1));
  const counts = { candidates: 0, selected: 0, dominated: 0, conflicts: graph.neighbours.length / 2 };
  for (const [at, thinning] of thinnings.entries()) {
    const { node, leaves } = thinning;
    const moved = moveAway(growth, thinning, obstacles[at]!, crowded);
    const children = thinning.picks.filter((pick) => selected.has(pick));
    const around = leavesAround(thinning, selected);
    const isWorthwhile = children.length + around.length >= share * children.length;
    if (isWorthwhile) hangAll(growth, thinning, children, around, crowded);
    dropMoved(growth, node);
    if (!isWorthwhile && moved === 0) growth.limits[node] = limitAfter(growth.loose[node]!);
    else if (isCrowded(growth, node)) crowded.add(node);
    counts.candidates += leaves.length;
    counts.selected += isWorthwhile ? children.length : 0;
    counts.dominated += moved + (isWorthwhile ? around.length : 0);
  }
  return counts;
}

/** As many crowded nodes as fill a round, at least one, those first that came first. */
function takeNodes(growth: Growth, crowded: Set<number>): readonly number[] {
  const nodes: number[] = [];
  let leaves = 0;
  for (const node of crowded) {
    leaves += growth.loose[node]!;
    if (nodes.length > 0 && leaves > MOST_LEAVES) break;
    nodes.push(node);
    crowded.delete(node);
  }
  return nodes;
}

/**
 * Leaves around a pick with an obstacle go to that, or as far below it as they are covered, if it is nearer to them than the
 * node they were at.
 *
 * @returns how many did.
 */
function moveAway(
  growth: Growth,
  { leaves, nearest }: Thinning,
  obstacles: readonly number[],
  crowded: Set<number>,
): number {
  const { reaches, distances } = growth;
  let moved = 0;
  for (const [place, point] of leaves.entries()) {
    const node = obstacles[nearest[place]!] ?? -1;
    if (node < 0) continue;
    const distance = measure(growth, point, node);
    if (distance > reaches[node]! || distance >= distances[point]!) continue;
    const below = descend(growth, point, { node, distance });
    const cover = below.distance < distances[point]! ? below : { node, distance };
    hangLeaf(growth, point, cover.node, cover.distance);
    if (isCrowded(growth, cover.node)) crowded.add(cover.node);
    moved++;
  }
  return moved;
}

/** The places of the leaves that are nearest to a selected pick, without the picks. */
function leavesAround({ leaves, picks, nearest }: Thinning, selected: ReadonlySet<Candidate>): readonly number[] {
  const places: number[] = [];
  for (const [place, point] of leaves.entries()) {
    const pick = picks[nearest[place]!];
    if (pick !== undefined && pick.point !== point && selected.has(pick)) places.push(place);
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
  for (const place of around) hangLeaf(growth, leaves[place]!, picks[nearest[place]!]!.point, lengths[place]!);
  for (const { point } of children) if (isCrowded(growth, point)) crowded.add(point);
}

/** Takes what has become a child, or hangs elsewhere now, from a node's leaves. */
function dropMoved({ parents, levels, distances, leaves, loose }: Growth, node: number): void {
  leaves[node] = leaves[node]!.filter((point) => parents[point] === node && levels[point] === LEAF);
  loose[node] = leaves[node].reduce((count, point) => count + (distances[point]! > 0 ? 1 : 0), 0);
}

/** When the leaves of a node are to be parted that did not thin out when there were so many. */
export function limitAfter(leaves: number): number {
  return 4 * leaves;
}

import type { Candidate } from "./candidate.ts";
import { levelBelow } from "./cover-tree.ts";
import type { Graph } from "./graph.ts";
import { type Growth, hangChild, hangLeaf, nearestCover, reachFromAbove } from "./growth.ts";
import { independentSet, ranksOf } from "./independent-set.ts";
import type { InsertOptions } from "./insert-options.ts";

/** Candidates of one round: enough to see whether parting pays, few enough for their pairs not to matter. */
const MOST_CANDIDATES = 512;

/** What became of the candidates of a round. */
export interface Round {
  readonly candidates: number;
  readonly selected: number;
  readonly dominated: number;
  readonly conflicts: number;
}

/**
 * Parts the leaves of some nodes that have more than they may: the leaves are candidates for nodes, a maximal
 * independent set of them becomes such, level by level, and each of the others goes to the nearest of those that it is in
 * conflict with. Where more than half of a node's candidates would become nodes, parting does not thin them out, as
 * in many dimensions: its leaves stay as they are, until four times as many have come, or for good where a full round was tried.
 *
 * @param crowded nodes with more loose leaves than their limit; those that were dealt with are taken from it, and those that
 * have come to have too many are added.
 */
export function partLeaves(growth: Growth, crowded: Set<number>, options: InsertOptions): Round {
  const nodes = takeNodes(growth, crowded).filter((node) => thinsOut(growth, node, options));
  const candidates = nodes.flatMap((node) => candidatesOf(growth, node));
  const graph = options.conflictGraph(growth, candidates);
  const chosen = chooseAmong(candidates, graph, options.seed);
  if (options.leafSize > 0) withdrawSparse(growth, candidates, chosen);
  const selected = candidates.filter((_, index) => chosen[index] === 1);
  for (const { point, parent, distance } of selected) hangChild(growth, point, parent, distance);
  const dominated = hangDominated(growth, candidates, graph, chosen);
  const moved = new Set([...selected.map(({ point }) => point), ...dominated]);
  for (const point of moved) reachFromAbove(growth, point);
  for (const node of nodes) settle(growth, node, moved, crowded, options.leafSize);
  for (const { point } of selected) if (isCrowded(growth, point)) crowded.add(point);
  return {
    candidates: candidates.length,
    selected: selected.length,
    dominated: dominated.length,
    conflicts: graph.neighbours.length / 2,
  };
}

export function isCrowded({ loose, limits }: Growth, node: number): boolean {
  return loose[node]! > limits[node]!;
}

/** As many crowded nodes as fill a round, at least one, lowest position first. */
function takeNodes(growth: Growth, crowded: Set<number>): readonly number[] {
  const nodes: number[] = [];
  let leaves = 0;
  for (const node of [...crowded].sort((a, b) => a - b)) {
    const more = Math.min(growth.leaves[node]!.length, MOST_CANDIDATES);
    if (nodes.length > 0 && leaves + more > MOST_CANDIDATES) break;
    nodes.push(node);
    crowded.delete(node);
    leaves += more;
  }
  return nodes;
}

/**
 * Whether it is worth while to part the leaves of a node, as far as is seen without looking at other nodes; if not, it is
 * noted when that is to be asked again.
 */
function thinsOut(growth: Growth, node: number, options: InsertOptions): boolean {
  if (options.leafSize === 0) return true;
  const loose = growth.leaves[node]!.filter((point) => growth.distances[point]! > 0).slice(0, MOST_CANDIDATES);
  const candidates = loose.map((point) => candidate(point, node, growth.distances[point]!));
  const graph = options.conflictGraph(growth, candidates);
  const chosen = chooseAmong(candidates, graph, options.seed);
  if (chosen.reduce((sum, each) => sum + each, 0) * 2 <= candidates.length) return true;
  growth.limits[node] = limitAfter(growth.loose[node]!);
  return false;
}

function chooseAmong(candidates: readonly Candidate[], graph: Graph, seed: number): Uint8Array {
  const levels = candidates.map(({ level }) => level);
  const points = candidates.map(({ point }) => point);
  return independentSet(graph, ranksOf(levels, points, seed));
}

function candidate(point: number, parent: number, distance: number): Candidate {
  const level = levelBelow(distance);
  return { point, parent, distance, level, reach: 2 ** level };
}

/** Duplicates of what covers a leaf go there at once, and are no candidates. */
function candidatesOf(growth: Growth, node: number): readonly Candidate[] {
  const candidates: Candidate[] = [];
  const duplicates = new Set<number>();
  for (const point of growth.leaves[node]!) {
    if (candidates.length === MOST_CANDIDATES) break;
    const toNode = growth.distances[point]!;
    if (toNode === 0) continue;
    const cover = nearestCover(growth, point, { node, distance: toNode });
    if (cover.distance === 0) {
      duplicates.add(point);
      hangLeaf(growth, point, cover.node, 0);
      reachFromAbove(growth, point);
    } else {
      candidates.push(candidate(point, cover.node, cover.distance));
    }
  }
  dropLeaves(growth, node, duplicates);
  return candidates;
}

/** The candidates are still leaves of the nodes they came from. */
function withdrawSparse(growth: Growth, candidates: readonly Candidate[], chosen: Uint8Array): void {
  const all = new Map<number, number>();
  const taken = new Map<number, number>();
  for (const [index, { point }] of candidates.entries()) {
    const home = growth.parents[point]!;
    all.set(home, (all.get(home) ?? 0) + 1);
    taken.set(home, (taken.get(home) ?? 0) + chosen[index]!);
  }
  for (const [index, { point }] of candidates.entries()) {
    const home = growth.parents[point]!;
    if (taken.get(home)! * 2 > all.get(home)!) chosen[index] = 0;
  }
}

/** @returns the points that were hung below a chosen one. */
function hangDominated(
  growth: Growth,
  candidates: readonly Candidate[],
  graph: Graph,
  chosen: Uint8Array,
): readonly number[] {
  const dominated: number[] = [];
  for (const [index, { point }] of candidates.entries()) {
    if (chosen[index] === 1) continue;
    let nearest = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let edge = graph.offsets[index]!; edge < graph.offsets[index + 1]!; edge++) {
      const other = graph.neighbours[edge]!;
      const length = graph.lengths[edge]!;
      // A conflict with one at a lower level excludes that one, not this.
      if (chosen[other] === 0 || candidates[other]!.level < candidates[index]!.level || length >= least) continue;
      nearest = candidates[other]!.point;
      least = length;
    }
    if (nearest < 0) continue;
    dominated.push(point);
    hangLeaf(growth, point, nearest, least);
  }
  return dominated;
}

/** Takes what has moved away from a node's leaves, and decides when they are to be parted next. */
function settle(
  growth: Growth,
  node: number,
  moved: ReadonlySet<number>,
  crowded: Set<number>,
  leafSize: number,
): void {
  const before = growth.loose[node]!;
  dropLeaves(growth, node, moved);
  if (!isCrowded(growth, node)) return;
  const left = growth.loose[node]!;
  if (leafSize === 0 || left < before) crowded.add(node);
  else growth.limits[node] = limitAfter(left);
}

/** When the leaves of a node are to be parted that did not thin out when there were so many. */
export function limitAfter(leaves: number): number {
  return leaves >= MOST_CANDIDATES ? Number.POSITIVE_INFINITY : 4 * leaves;
}

function dropLeaves(growth: Growth, node: number, dropped: ReadonlySet<number>): void {
  const kept = growth.leaves[node]!.filter((point) => !dropped.has(point));
  growth.leaves[node] = kept;
  growth.loose[node] = kept.reduce((count, point) => count + (growth.distances[point]! > 0 ? 1 : 0), 0);
}

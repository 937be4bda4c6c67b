import { findCovers } from "./find-covers.ts";
import { type Growth, isCrowded, lookWithin } from "./growth.ts";
import { hangLeaf } from "./hang-point.ts";
import type { Thinning } from "./thin-leaves.ts";

/**
 * Leaves around picks with an obstacle go to that, or as far below it as they are covered, if it is nearer to them than the node
 * they were at. They still stand among the leaves of that node.
 *
 * @param obstacles of the picks of all thinnings, one thinning after the other.
 * @param crowded gets the nodes that have come to have too many leaves.
 * @returns how many leaves went.
 */
export function moveAway(
  growth: Growth,
  thinnings: readonly Thinning[],
  obstacles: Int32Array,
  crowded: Set<number>,
): number {
  const moves: Moves = { points: [], nodes: [], distances: [] };
  let first = 0;
  for (const thinning of thinnings) {
    const end = first + thinning.picks.length;
    addMoves(growth, thinning, obstacles.subarray(first, end), moves);
    first = end;
  }
  const points = Int32Array.from(moves.points);
  const nodes = Int32Array.from(moves.nodes);
  const distances = Float64Array.from(moves.distances);
  for (const place of findCovers(growth, { points, nodes, distances })) {
    const point = points[place]!;
    const isNearer = distances[place]! < growth.distances[point]!;
    const node = isNearer ? nodes[place]! : moves.nodes[place]!;
    hangLeaf(growth, point, node, isNearer ? distances[place]! : moves.distances[place]!);
    if (isCrowded(growth, node)) crowded.add(node);
  }
  return points.length;
}

/** Where each leaf goes first, and how far it is from there; those of one node and thinning side by side. */
interface Moves {
  readonly points: number[];
  readonly nodes: number[];
  readonly distances: number[];
}

function addMoves(growth: Growth, { leaves, nearest }: Thinning, obstacles: Int32Array, moves: Moves): void {
  const { reaches, distances, space } = growth;
  const ways = Array.from(obstacles, (node) => ({ node, points: [] as number[] }));
  for (let place = 0; place < leaves.length; place++) {
    const way = ways[nearest[place]!];
    if (way !== undefined && way.node >= 0) way.points.push(leaves[place]!);
  }
  for (const { node, points } of ways.sort((a, b) => a.node - b.node)) {
    if (points.length === 0) continue;
    const limits = points.map((point) => distances[point]!);
    space.gathered.gather(points, limits);
    const found = lookWithin(growth, node, points.length, reaches[node]!);
    for (let index = 0; index < found; index++) {
      const place = space.gathered.places[index]!;
      const distance = space.gathered.distances[index]!;
      if (distance >= limits[place]!) continue;
      moves.points.push(points[place]!);
      moves.nodes.push(node);
      moves.distances.push(distance);
    }
  }
}

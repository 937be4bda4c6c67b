import type { Candidate } from "./candidate.ts";
import { findCovers } from "./find-covers.ts";
import { type Growth, isCrowded, measure } from "./growth.ts";
import { hangLeaf } from "./hang-point.ts";
import type { Thinning } from "./thin-leaves.ts";

/**
 * Leaves around picks with an obstacle go to that, or as far below it as they are covered, if it is nearer to them than the node
 * they were at. They still stand among the leaves of that node.
 *
 * @param crowded gets the nodes that have come to have too many leaves.
 * @returns how many leaves went.
 */
export function moveAway(
  growth: Growth,
  thinnings: readonly Thinning[],
  obstacles: ReadonlyMap<Candidate, number>,
  crowded: Set<number>,
): number {
  const moves = thinnings.flatMap((thinning) => movesOf(growth, thinning, obstacles));
  const points = new Int32Array(moves.length);
  const nodes = new Int32Array(moves.length);
  const lengths = new Float64Array(moves.length);
  for (let place = 0; place < moves.length; place++) {
    const { point, node, distance } = moves[place]!;
    points[place] = point;
    nodes[place] = node;
    lengths[place] = distance;
  }
  for (const place of findCovers(growth, { points, nodes, distances: lengths })) {
    const move = moves[place]!;
    const isNearer = lengths[place]! < growth.distances[move.point]!;
    const node = isNearer ? nodes[place]! : move.node;
    hangLeaf(growth, move.point, node, isNearer ? lengths[place]! : move.distance);
    if (isCrowded(growth, node)) crowded.add(node);
  }
  return moves.length;
}

/** Those of one obstacle side by side. */
function movesOf(
  growth: Growth,
  { leaves, picks, nearest }: Thinning,
  obstacles: ReadonlyMap<Candidate, number>,
): readonly Move[] {
  const { reaches, distances } = growth;
  const ways = picks.map((pick) => obstacles.get(pick) ?? -1);
  if (ways.every((node) => node < 0)) return [];
  const moves: Move[] = [];
  for (let place = 0; place < leaves.length; place++) {
    const node = ways[nearest[place]!] ?? -1;
    if (node < 0) continue;
    const point = leaves[place]!;
    const distance = measure(growth, point, node);
    if (distance <= reaches[node]! && distance < distances[point]!) moves.push({ point, node, distance });
  }
  return moves.sort((a, b) => a.node - b.node);
}

interface Move {
  readonly point: number;
  readonly node: number;
  readonly distance: number;
}

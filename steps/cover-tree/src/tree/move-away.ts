import { type Growth, isCrowded } from "./growth.ts";
import { hangLeaf } from "./hang-point.ts";
import { lookWithin } from "./outline.ts";
import type { Thinning } from "./thinning.ts";

/**
 * Leaves around picks with an obstacle go to that, if it covers them and is nearer to them than the node they were at. They still
 * stand among the leaves of that node.
 *
 * @param crowded gets the nodes that have come to have too many leaves.
 * @returns how many leaves went.
 */
export function moveAway(growth: Growth, thinning: Thinning, crowded: Set<number>): number {
  let moved = 0;
  for (const [pick, points] of leavesAround(thinning)) {
    const node = thinning.obstacles[pick]!;
    moved += moveTo(growth, node, points);
    if (isCrowded(growth, node)) crowded.add(node);
  }
  return moved;
}

/** The leaves around each pick that has an obstacle, itself among them, by the pick's place. */
function leavesAround({ leaves, nearest, obstacles }: Thinning): ReadonlyMap<number, readonly number[]> {
  const around = new Map<number, number[]>();
  for (const [pick, node] of obstacles.entries()) if (node >= 0) around.set(pick, []);
  if (around.size === 0) return around;
  for (let place = 0; place < leaves.length; place++) around.get(nearest[place]!)?.push(leaves[place]!);
  return around;
}

function moveTo(growth: Growth, node: number, points: readonly number[]): number {
  const { reaches, distances, space } = growth;
  const limits = points.map((point) => distances[point]!);
  space.gathered.gather(points, limits);
  const found = lookWithin(growth, node, points.length, reaches[node]!);
  let moved = 0;
  for (let index = 0; index < found; index++) {
    const place = space.gathered.places[index]!;
    const distance = space.gathered.distances[index]!;
    if (distance >= limits[place]!) continue;
    hangLeaf(growth, points[place]!, node, distance);
    moved++;
  }
  return moved;
}

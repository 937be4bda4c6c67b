import { type Growth, isCrowded } from "./growth.ts";
import { hangLeaf } from "./hang-point.ts";
import { lookWithin } from "./outline.ts";
import type { Thinning } from "./thinning.ts";

/**
 * Leaves around picks with an obstacle go to that, if it covers them and is nearer to them than the node they were at.
 * They still stand among the leaves of that node.
 *
 * @param crowded gets the nodes that have come to have too many leaves.
 * @returns how many leaves went.
 */
export function moveAway(growth: Growth, thinning: Thinning, crowded: Set<number>): number {
  const { obstacles } = thinning;
  let moved = 0;
  for (const [pick, points] of leavesAround(thinning).entries()) {
    const node = obstacles[pick]!;
    if (node < 0) continue;
    moved += moveTo(growth, node, points);
    if (isCrowded(growth, node)) crowded.add(node);
  }
  return moved;
}

/** The leaves around each pick, itself among them, where it has an obstacle. */
function leavesAround({ leaves, nearest, obstacles }: Thinning): readonly (readonly number[])[] {
  const around: number[][] = Array.from(obstacles, () => []);
  if (obstacles.every((node) => node < 0)) return around;
  for (let place = 0; place < leaves.length; place++) {
    const pick = nearest[place]!;
    if (pick >= 0 && obstacles[pick]! >= 0) around[pick]!.push(leaves[place]!);
  }
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

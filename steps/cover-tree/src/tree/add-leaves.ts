import { findCovers } from "./find-covers.ts";
import { type Growth, measureAll } from "./growth.ts";
import { hangLeaf, raise } from "./hang-point.ts";

/**
 * Puts points into the tree as leaves of the nodes that descents from the root end at. The first point of a tree is the root.
 *
 * @returns the nodes that they came to, each once.
 */
export function addLeaves(growth: Growth, batch: Int32Array): readonly number[] {
  const points = growth.root < 0 ? batch.slice(1) : batch.slice();
  if (growth.root < 0) {
    growth.root = batch[0]!;
    raise(growth, growth.root, growth.scale.lowest);
  }
  const { root, reaches, scale } = growth;
  const distances = new Float64Array(points.length);
  measureAll(growth, root, points, distances);
  let farthest = 0;
  for (const distance of distances) farthest = Math.max(farthest, distance);
  if (farthest > reaches[root]!) raise(growth, root, scale.levelBelow(farthest) + 1);
  const stops = findCovers(growth, root, { points, distances });
  for (const { node, first, end } of stops) {
    for (let at = first; at < end; at++) hangLeaf(growth, points[at]!, node, distances[at]!);
  }
  return stops.map(({ node }) => node);
}

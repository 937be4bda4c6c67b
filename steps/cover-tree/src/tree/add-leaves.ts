import { findCovers } from "./find-covers.ts";
import { type Growth, measureAll } from "./growth.ts";
import { hangLeaf, raise } from "./hang-point.ts";

/**
 * Puts points into the tree as leaves of the nodes that descents from the root end at. The first point of a tree is the root.
 *
 * @returns the nodes that they came to, each once.
 */
export function addLeaves(growth: Growth, batch: Int32Array): readonly number[] {
  const points = growth.root < 0 ? batch.subarray(1) : batch;
  if (growth.root < 0) {
    growth.root = batch[0]!;
    raise(growth, growth.root, growth.scale.lowest);
  }
  const { root, reaches, scale } = growth;
  const nodes = new Int32Array(points.length).fill(root);
  const distances = new Float64Array(points.length);
  measureAll(growth, root, points, distances);
  let farthest = 0;
  for (const distance of distances) farthest = Math.max(farthest, distance);
  if (farthest > reaches[root]!) raise(growth, root, scale.levelBelow(farthest) + 1);
  const parents: number[] = [];
  for (const place of findCovers(growth, { points, nodes, distances })) {
    const node = nodes[place]!;
    hangLeaf(growth, points[place]!, node, distances[place]!);
    if (parents.at(-1) !== node) parents.push(node);
  }
  return parents;
}

import { findCovers } from "./find-covers.ts";
import { type Growth, measure } from "./growth.ts";
import { hangLeaf, raise } from "./hang-point.ts";

/**
 * Puts points into the tree as leaves of the nodes that descents from the root end at. The first point of a tree is the root.
 *
 * @returns the nodes that they came to, each once.
 */
export function addLeaves(growth: Growth, batch: Int32Array): ReadonlySet<number> {
  const points = growth.root < 0 ? batch.subarray(1) : batch;
  if (growth.root < 0) {
    growth.root = batch[0]!;
    raise(growth, growth.root, growth.scale.lowest);
  }
  const { root, reaches, scale } = growth;
  const nodes = new Int32Array(points.length).fill(root);
  const distances = new Float64Array(points.length);
  for (let place = 0; place < points.length; place++) {
    distances[place] = measure(growth, points[place]!, root);
    if (distances[place]! > reaches[root]!) raise(growth, root, scale.levelBelow(distances[place]!) + 1);
  }
  const parents = new Set<number>();
  for (const place of findCovers(growth, { points, nodes, distances })) {
    hangLeaf(growth, points[place]!, nodes[place]!, distances[place]!);
    parents.add(nodes[place]!);
  }
  return parents;
}

import type { Surveyors } from "../threads/surveyors.ts";
import type { Growth } from "./growth.ts";
import { hangLeaf, raise } from "./hang-point.ts";

/**
 * Puts points into the tree as leaves of the nodes that descents from the root end at. The first point of a tree is the
 * root.
 */
export async function addLeaves(growth: Growth, batch: Int32Array, surveyors: Surveyors): Promise<void> {
  const points = growth.root < 0 ? batch.subarray(1) : batch;
  if (growth.root < 0) {
    growth.root = batch[0]!;
    raise(growth, growth.root, growth.scale.lowest);
  }
  const { root, reaches, scale, desk } = growth;
  desk.points.set(points);
  await surveyors.descend(points.length);
  let farthest = 0;
  for (let place = 0; place < points.length; place++) {
    const node = desk.nearest[place]!;
    const distance = desk.lengths[place]!;
    if (node === root) farthest = Math.max(farthest, distance);
    hangLeaf(growth, desk.points[place]!, node, distance);
  }
  if (farthest > reaches[root]!) raise(growth, root, scale.levelBelow(farthest) + 1);
}

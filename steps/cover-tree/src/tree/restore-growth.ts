import type { OpenSpace } from "../space/open-space.ts";
import { type CoverTree, LEAF } from "./cover-tree.ts";
import { type Growth, newGrowth } from "./growth.ts";
import { hangLeaf, raise } from "./hang-point.ts";
import type { InsertOptions } from "./insert-options.ts";
import { addChild, measure } from "./outline.ts";
import { limitAfter } from "./part-leaves.ts";

/**
 * Takes up a tree to go on with it.
 *
 * @param open its first positions are the tree's; more may follow.
 * @param kept whether a position stays in the tree; with it all that stand above it must stay.
 */
export function restoreGrowth(
  open: OpenSpace,
  tree: CoverTree,
  { leafSize, seed }: InsertOptions,
  kept: (position: number) => boolean = () => true,
): Growth {
  const growth = newGrowth(open, tree.base, leafSize);
  for (const [point, parent] of tree.parents.entries()) {
    if (!kept(point)) continue;
    const level = tree.levels[point]!;
    const distance = parent < 0 ? 0 : measure(growth, point, parent);
    if (level === LEAF) {
      hangLeaf(growth, point, parent, distance);
      continue;
    }
    raise(growth, point, level);
    growth.parents[point] = parent;
    growth.distances[point] = distance;
    growth.spans[point] = tree.radii[point]!;
    if (parent < 0) growth.root = point;
    else addChild(growth, point);
  }
  if (leafSize > 0) {
    for (const [node, loose] of growth.loose.entries()) {
      if (loose > leafSize) growth.limits[node] = limitAfter(loose, node, seed);
    }
  }
  return growth;
}

import type { Space } from "../space/space.ts";
import type { CoverTree } from "./cover-tree.ts";
import { finishedTree, newGrowth } from "./growth.ts";
import type { InsertOptions } from "./insert-options.ts";
import { insertPoints } from "./insert-points.ts";

/**
 * Builds the tree of all positions of a space.
 *
 * @param rows the input row of each position.
 * @param order positions, each once.
 */
export function buildTree(space: Space, rows: Int32Array, order: Int32Array, options: InsertOptions): CoverTree {
  const growth = newGrowth(space, options.leafSize);
  insertPoints(growth, order, options);
  return finishedTree(growth, rows);
}

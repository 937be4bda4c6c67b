import type { OpenSpace } from "../space/open-space.ts";
import type { CoverTree } from "./cover-tree.ts";
import { finishedTree } from "./finished-tree.ts";
import { newGrowth } from "./growth.ts";
import type { BuildOptions } from "./insert-options.ts";
import { insertPoints } from "./insert-points.ts";

/**
 * Builds the tree of all positions of a space.
 *
 * @param rows the input row of each position.
 * @param order positions, each once.
 */
export async function buildTree(
  open: OpenSpace,
  rows: Int32Array,
  order: Int32Array,
  options: BuildOptions,
): Promise<CoverTree> {
  const growth = newGrowth(open, options.base, options.leafSize);
  await insertPoints(growth, order, options);
  return finishedTree(growth, rows);
}

import type { OpenSpace } from "../space/open-space.ts";
import type { CoverTree } from "./cover-tree.ts";
import { finishedTree } from "./finished-tree.ts";
import type { InsertOptions } from "./insert-options.ts";
import { insertPoints } from "./insert-points.ts";
import { restoreGrowth } from "./restore-growth.ts";

/** What a deletion did. */
export interface Deletion {
  readonly tree: CoverTree;
  /** Points that stood below a removed one, and were put into the tree anew. */
  readonly reattached: number;
  readonly newRoot: boolean;
}

/**
 * Takes points out of a tree. What stood below them is put in anew, from the highest level down, so that what served as
 * a node is likely to do so again.
 *
 * @param open has the points that stay, in their order.
 * @param removed 1 for each position of the tree that goes.
 */
export async function deletePoints(
  tree: CoverTree,
  open: OpenSpace,
  removed: Uint8Array,
  options: InsertOptions,
): Promise<Deletion> {
  const detached = detachedBy(tree, removed);
  const stay = stayingOf(removed);
  const places = new Int32Array(removed.length).fill(-1);
  for (const [place, position] of stay.entries()) places[position] = place;
  const compact: CoverTree = {
    base: tree.base,
    rows: stay.map((position) => tree.rows[position]!),
    levels: stay.map((position) => tree.levels[position]!),
    parents: stay.map((position) => (detached[position] === 1 ? -1 : (places[tree.parents[position]!] ?? -1))),
    radii: Float64Array.from(stay, (position) => tree.radii[position]!),
  };
  const growth = restoreGrowth(open, compact, options, (place) => detached[stay[place]!] === 0);
  const order = Int32Array.from(stay.keys()).filter((place) => detached[stay[place]!] === 1);
  order.sort((a, b) => compact.levels[b]! - compact.levels[a]! || a - b);
  await insertPoints(growth, order, options);
  const newRoot = tree.parents.some((parent, position) => parent < 0 && removed[position] === 1);
  return { tree: finishedTree(growth, compact.rows), reattached: order.length, newRoot };
}

/** The positions that stay. */
export function stayingOf(removed: Uint8Array): Int32Array {
  return Int32Array.from(removed.keys()).filter((position) => removed[position] === 0);
}

/** 1 for each position that stays although something above it goes. */
export function detachedBy({ parents }: CoverTree, removed: Uint8Array): Uint8Array {
  const detached = new Uint8Array(parents.length);
  const known = Uint8Array.from(removed);
  for (let position = 0; position < parents.length; position++) {
    let above = position;
    const path: number[] = [];
    while (above >= 0 && known[above] === 0 && detached[above] === 0) {
      path.push(above);
      above = parents[above]!;
    }
    const isCut = above >= 0 && (removed[above] === 1 || detached[above] === 1);
    for (const each of path) {
      if (isCut) detached[each] = 1;
      else known[each] = 2;
    }
  }
  return detached;
}

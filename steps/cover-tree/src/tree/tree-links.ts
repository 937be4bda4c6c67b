import type { CoverTree } from "./cover-tree.ts";

/** The way down a tree: what stands right below each position, leaves included. */
export interface TreeLinks {
  readonly root: number;
  readonly below: readonly (readonly number[])[];
  /** The smallest row among a point and its descendants. */
  readonly firstRows: Int32Array;
}

export function linksOf({ rows, parents }: CoverTree): TreeLinks {
  const below: number[][] = Array.from(parents, () => []);
  let root = -1;
  for (const [point, parent] of parents.entries()) {
    if (parent < 0) root = point;
    else below[parent]!.push(point);
  }
  const firstRows = Int32Array.from(rows);
  for (const point of fromBelow(root, below)) {
    const parent = parents[point]!;
    if (parent >= 0) firstRows[parent] = Math.min(firstRows[parent]!, firstRows[point]!);
  }
  return { root, below, firstRows };
}

/** Every position after all that stand below it. */
function fromBelow(root: number, below: readonly (readonly number[])[]): readonly number[] {
  const order = root < 0 ? [] : [root];
  for (let index = 0; index < order.length; index++) {
    for (const point of below[order[index]!]!) order.push(point);
  }
  return order.reverse();
}

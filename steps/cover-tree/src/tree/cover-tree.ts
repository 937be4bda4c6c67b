/**
 * A compressed cover tree: every point stands in it once, at the highest level it reaches. Points are addressed by
 * position; `rows` tells the input row of each.
 *
 * What holds, b being the base (distances are metric ones; `validateTree` checks all of it):
 *
 * - nesting: a point's level is below that of its parent;
 * - covering: a point at level l lies within b^(l+1) of its parent, a leaf within b^l of a parent at level l;
 * - separation: two points at levels l and m, neither of them a leaf, lie more than b^min(l, m) apart;
 * - radius: no descendant of a point lies farther from it than its radius.
 *
 * Y. Elkin and V. Kurlin, "A new near-linear time algorithm for k-nearest neighbor search using a compressed cover
 * tree" (2023). Leaves are ours: a point whose level was not worth finding, and every duplicate.
 */
export interface CoverTree {
  /** How many times as far each level reaches as the one below it. */
  readonly base: number;
  readonly rows: Int32Array;
  readonly levels: Int32Array;
  /** Positions; -1 of the root. */
  readonly parents: Int32Array;
  /** At least the distance of the farthest descendant; 0 of a point that has none. */
  readonly radii: Float64Array;
}

/** The level of a leaf: below all others. */
export const LEAF = -(2 ** 31);

import type { PointSet } from "../points/point-set.ts";
import type { CoverTree } from "../tree/cover-tree.ts";
import type { TreeHeader } from "./tree-header.ts";

/** All that a tree file holds. */
export interface StoredTree extends Pick<TreeHeader, "distance" | "nextRow" | "leafSize" | "runHash"> {
  /** By position, as they were given. */
  readonly points: PointSet;
  readonly tree: CoverTree;
  /** Of the residual correlation; empty for other distances. */
  readonly inducing: PointSet;
}

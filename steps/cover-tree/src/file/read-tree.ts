import { damagedTree } from "./damaged-tree.ts";
import type { StoredTree } from "./stored-tree.ts";
import { TreeFile } from "./tree-file.ts";

/** Reads a whole tree file. @throws StepError `tree-damaged` (invariant). */
export function readTree(path: string): StoredTree {
  using file = new TreeFile(path);
  const { base, distance, nextRow, leafSize, runHash } = file.header;
  const points = matrix(file, "points");
  const tree = {
    base,
    rows: integers(file, "rows"),
    levels: integers(file, "levels"),
    parents: integers(file, "parents"),
    radii: matrix(file, "radii").values,
  };
  if ([tree.rows, tree.levels, tree.parents, tree.radii].some(({ length }) => length !== points.count)) {
    throw damagedTree(path, "its sections are of different lengths");
  }
  return { points, tree, inducing: matrix(file, "inducing"), distance, nextRow, leafSize, runHash };
}

function matrix(file: TreeFile, name: "points" | "radii" | "inducing") {
  const { shape, bytes } = file.section(name);
  return { count: shape[0], dimension: shape[1], values: new Float64Array(bytes.buffer) };
}

function integers(file: TreeFile, name: "rows" | "levels" | "parents"): Int32Array {
  return new Int32Array(file.section(name).bytes.buffer);
}

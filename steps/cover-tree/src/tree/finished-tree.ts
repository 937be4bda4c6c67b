import type { CoverTree } from "./cover-tree.ts";
import type { Growth } from "./growth.ts";
import { widen } from "./hang-point.ts";

/** The tree as it stands, with radii as small as they can be. */
export function finishedTree(growth: Growth, rows: Int32Array): CoverTree {
  const { scale, levels, parents } = growth;
  const radii = new Float64Array(parents.length);
  for (let point = 0; point < parents.length; point++) widen(growth, radii, point);
  return { base: scale.base, rows, levels: levels.slice(), parents: parents.slice(), radii };
}

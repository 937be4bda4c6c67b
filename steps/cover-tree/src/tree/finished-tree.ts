import type { CoverTree } from "./cover-tree.ts";
import { type Growth, measure } from "./growth.ts";

/** The tree as it stands, with radii as small as they can be. */
export function finishedTree(growth: Growth, rows: Int32Array): CoverTree {
  const { scale, levels, parents, distances } = growth;
  const radii = new Float64Array(parents.length);
  for (let point = 0; point < parents.length; point++) {
    let above = parents[point]!;
    if (above < 0) continue;
    radii[above] = Math.max(radii[above]!, distances[point]!);
    for (above = parents[above]!; above >= 0; above = parents[above]!) {
      radii[above] = Math.max(radii[above]!, measure(growth, point, above));
    }
  }
  return { base: scale.base, rows, levels: levels.slice(), parents: parents.slice(), radii };
}

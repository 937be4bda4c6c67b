import { LEAF } from "./cover-tree.ts";
import { append, type Growth, measure } from "./growth.ts";

/** Makes a point a leaf of `parent`. */
export function hangLeaf(growth: Growth, point: number, parent: number, distance: number): void {
  growth.levels[point] = LEAF;
  growth.parents[point] = parent;
  growth.distances[point] = distance;
  append(growth.leaves, parent, point);
  if (distance > 0) growth.loose[parent]!++;
}

/** Makes a point a child of `parent` at a level, and the spans of all that stand above reach it. */
export function hangChild(growth: Growth, point: number, parent: number, distance: number, level: number): void {
  raise(growth, point, level);
  growth.parents[point] = parent;
  growth.distances[point] = distance;
  append(growth.children, parent, point);
  const { parents, spans } = growth;
  spans[parent] = Math.max(spans[parent]!, distance);
  for (let above = parents[parent]!; above >= 0; above = parents[above]!) {
    spans[above] = Math.max(spans[above]!, measure(growth, point, above));
  }
}

/** Gives a point a level at which it is no leaf. */
export function raise(growth: Growth, point: number, level: number): void {
  growth.levels[point] = level;
  growth.reaches[point] = growth.scale.reach(level);
}

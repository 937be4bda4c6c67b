import { mostDistance } from "../space/slack.ts";
import type { Growth } from "./growth.ts";
import { addChild, append, measure } from "./outline.ts";

/** Makes a point that is no node a leaf of `parent`. */
export function hangLeaf(growth: Growth, point: number, parent: number, distance: number): void {
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
  addChild(growth, point);
  widen(growth, growth.spans, point);
}

/**
 * Makes the radii of all that stands above a point reach it. Where what is known of the way up says that they do,
 * nothing is measured.
 */
export function widen(growth: Growth, radii: Float64Array, point: number): void {
  const { parents, distances, space } = growth;
  let most = distances[point]!;
  for (let node = point, above = parents[point]!; above >= 0; node = above, above = parents[above]!) {
    if (node !== point) most = mostDistance(most, distances[node]!, space.slack);
    if (most <= radii[above]!) continue;
    radii[above] = Math.max(radii[above]!, node === point ? most : measure(growth, point, above));
  }
}

/** Gives a point a level at which it is no leaf. */
export function raise(growth: Growth, point: number, level: number): void {
  growth.levels[point] = level;
  growth.reaches[point] = growth.scale.reach(level);
}

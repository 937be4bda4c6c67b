import { unreachable } from "../unreachable.ts";
import { findCovers } from "./find-covers.ts";
import { findObstacles } from "./find-obstacles.ts";
import { measureAll, type Outline } from "./outline.ts";
import { settleSome } from "./settle-leaves.ts";
import { thinLeaves } from "./thin-leaves.ts";
import { foundAt, thinningAt } from "./thinning.ts";

/**
 * Work that only looks at a tree, so that threads can do parts of it at once. What is found does not depend on how it
 * is divided.
 *
 * - `descents`: where the points of a batch, which are the places of the desk, end on their way down from the root;
 * - `thinnings`: how the leaves of the nodes of a round thin out, and what keeps their picks from their levels;
 * - `settling`: which leaves of a node of the round some picks are nearest to.
 */
export type Survey =
  | { readonly kind: "descents" }
  | { readonly kind: "thinnings"; readonly share: number; readonly seed: number }
  | {
      readonly kind: "settling";
      /** Of the node in the round. */
      readonly index: number;
      /** Of the picks, from the first up to `end`. */
      readonly numbers: { readonly first: number; readonly end: number };
    };

/**
 * Does a part of a survey.
 *
 * @param first the first place, node of the round or leaf of the node, and `end` the one after the last.
 */
export function takeSurvey(outline: Outline, survey: Survey, first: number, end: number): void {
  switch (survey.kind) {
    case "descents":
      descend(outline, first, end);
      return;
    case "thinnings":
      for (let index = first; index < end; index++) thinOne(outline, index, survey.share, survey.seed);
      return;
    case "settling":
      settleSome(outline, thinningAt(outline.desk, survey.index), survey.numbers, first, end);
      return;
    default:
      unreachable(survey);
  }
}

/** The points at these places come to lie sorted by the node at which they end. */
function descend(outline: Outline, from: number, to: number): void {
  const { desk, root } = outline;
  const points = desk.points.subarray(from, to);
  const distances = desk.lengths.subarray(from, to);
  measureAll(outline, root, points, distances);
  for (const { node, first, end } of findCovers(outline, root, { points, distances })) {
    for (let place = from + first; place < from + end; place++) desk.nearest[place] = node;
  }
}

function thinOne(outline: Outline, index: number, share: number, seed: number): void {
  const thinning = thinningAt(outline.desk, index);
  const count = thinLeaves(outline, thinning, share, seed);
  outline.desk.pickCounts[index] = count;
  if (count > 0) findObstacles(outline, foundAt(outline.desk, index));
}

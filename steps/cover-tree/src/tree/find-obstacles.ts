import { countWithin } from "../space/count-within.ts";
import { leastDistance, mostDistance } from "../space/slack.ts";
import type { Candidate } from "./candidate.ts";
import { lookWithin, measureAll, type Outline } from "./outline.ts";
import { candidatesOf, type Thinning } from "./thinning.ts";

/**
 * Finds nodes that keep picks from their levels, since each of both would lie within the reach of the other. The picks
 * of a node go down the tree together: what stands there is measured to their node, and to each of them only if it may
 * be near enough.
 *
 * @param thinning whose obstacles are written: for each pick the nearest such node, or -1.
 */
export function findObstacles(outline: Outline, thinning: Thinning): void {
  const { children, space, room } = outline;
  const { node } = thinning;
  const picks = candidatesOf(outline, thinning);
  const farthest = gatherPicks(outline, picks);
  const reach = picks[0]!.reach;
  const obstacles: Obstacles = {
    nodes: thinning.obstacles.fill(-1),
    lengths: picks.map(() => Number.POSITIVE_INFINITY),
  };
  const open: (readonly number[])[] = [[outline.root]];
  for (let siblings = open.pop(); siblings !== undefined; siblings = open.pop()) {
    measureAll(outline, node, siblings, room);
    for (let place = 0; place < siblings.length; place++) {
      const sibling = siblings[place]!;
      const limit = limitOf(outline, sibling, reach);
      const least = leastDistance(room[place]!, limit, space.slack);
      if (least > farthest[0]!) continue;
      const found = lookWithin(outline, sibling, countWithin(farthest, least), limit);
      if (found === 0) continue;
      note(outline, sibling, found, picks, obstacles);
      if (children[sibling]!.length > 0) open.push(children[sibling]!);
    }
  }
}

/** Of each pick its obstacle, or -1, and how far that is. */
interface Obstacles {
  readonly nodes: Int32Array;
  readonly lengths: number[];
}

/**
 * Gathers picks, whose first stand on the highest levels.
 *
 * @returns how far from their node each or a later one is at most.
 */
function gatherPicks({ space }: Outline, picks: readonly Candidate[]): readonly number[] {
  const farthest = picks.map(({ distance }) => distance);
  for (let place = farthest.length - 1; place > 0; place--) {
    farthest[place - 1] = Math.max(farthest[place - 1]!, farthest[place]!);
  }
  const points = picks.map(({ point }) => point);
  const limits = picks.map(() => Number.POSITIVE_INFINITY);
  space.gathered.gather(points, limits);
  return farthest;
}

/** The distance up to which an obstacle of a pick may stand at a node or below it. */
function limitOf({ reaches, spans, levels, scale, space }: Outline, node: number, reach: number): number {
  const own = Math.min(reach, reaches[node]!);
  if (spans[node] === 0) return own;
  return Math.max(own, mostDistance(spans[node]!, Math.min(reach, scale.reach(levels[node]! - 1)), space.slack));
}

/**
 * Notes a node as the obstacle of those picks among the found ones that it is one of, and nearer than what was found
 * before.
 */
function note(
  { reaches, space: { gathered } }: Outline,
  node: number,
  found: number,
  picks: readonly Candidate[],
  { nodes, lengths }: Obstacles,
): void {
  for (let index = 0; index < found; index++) {
    const length = gathered.distances[index]!;
    const place = gathered.places[index]!;
    if (length > reaches[node]! || length > picks[place]!.reach || length >= lengths[place]!) continue;
    nodes[place] = node;
    lengths[place] = length;
  }
}

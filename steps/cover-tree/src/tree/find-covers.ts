import { mostDistance } from "../space/slack.ts";
import { countWithin } from "./count-within.ts";
import { type Growth, lookWithin } from "./growth.ts";

/** Points on their way down a tree: by place, the node that covers each, and how far it is from there. */
export interface Covers {
  readonly points: Int32Array;
  readonly nodes: Int32Array;
  readonly distances: Float64Array;
}

/**
 * Takes points from nodes that cover them down to the nearest child that does, as long as there is one. Those of one node go
 * together, so that its children are gathered once.
 *
 * @param covers changed in place; points of one node stand side by side.
 * @returns all places, those side by side that have come to one node.
 */
export function findCovers(growth: Growth, covers: Covers): Int32Array {
  const places = new Int32Array(covers.points.length);
  for (let place = 0; place < places.length; place++) places[place] = place;
  const chosen = new Int32Array(places.length);
  const sorted = new Int32Array(places.length);
  const open = runsOf(covers.nodes);
  for (let run = open.pop(); run !== undefined; run = open.pop()) {
    const below = growth.children[covers.nodes[places[run.first]!]!]!;
    if (below.length === 0) continue;
    const farthest = gatherChildren(growth, below);
    for (let at = run.first; at < run.end; at++) chosen[at] = takeDown(growth, covers, places[at]!, below, farthest);
    for (const part of sortByChoice(places, chosen, sorted, run, below.length)) open.push(part);
  }
  return places;
}

/** Places from `first` up to `end`. */
interface Run {
  readonly first: number;
  readonly end: number;
}

function runsOf(nodes: Int32Array): Run[] {
  const runs: Run[] = [];
  for (let first = 0, end = 1; first < nodes.length; end++) {
    if (nodes[end] === nodes[first]) continue;
    runs.push({ first, end });
    first = end;
  }
  return runs;
}

/** @returns how far from its parent at most a point is that a child covers. */
function gatherChildren({ space, reaches, distances }: Growth, below: readonly number[]): readonly number[] {
  const limits: number[] = [];
  const farthest: number[] = [];
  for (const child of below) {
    limits.push(reaches[child]!);
    farthest.push(mostDistance(distances[child]!, reaches[child]!, space.slack));
  }
  space.gathered.gather(below, limits);
  return farthest;
}

/**
 * Children stand farthest first, and the farther one is the farther it reaches: the last ones can't cover what is far from
 * their parent.
 *
 * @returns which of the children covers the point now, or -1.
 */
function takeDown(
  growth: Growth,
  { points, nodes, distances }: Covers,
  place: number,
  below: readonly number[],
  farthest: readonly number[],
): number {
  const count = countWithin(farthest, distances[place]!);
  const found = lookWithin(growth, points[place]!, count, Number.POSITIVE_INFINITY);
  const { gathered } = growth.space;
  let nearest = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < found; index++) {
    if (gathered.distances[index]! >= least) continue;
    nearest = gathered.places[index]!;
    least = gathered.distances[index]!;
  }
  if (nearest < 0) return nearest;
  nodes[place] = below[nearest]!;
  distances[place] = least;
  return nearest;
}

/**
 * Sorts the places of a run by what was chosen for them, stably.
 *
 * @param sorted room for it.
 * @returns the runs of those that go on.
 */
function sortByChoice(
  places: Int32Array,
  chosen: Int32Array,
  sorted: Int32Array,
  { first, end }: Run,
  choices: number,
): readonly Run[] {
  const next: number[] = Array(choices + 1).fill(0);
  for (let at = first; at < end; at++) next[chosen[at]! + 1]!++;
  const runs: Run[] = [];
  let total = first;
  for (let choice = 0; choice <= choices; choice++) {
    const size = next[choice]!;
    if (size > 0 && choice > 0) runs.push({ first: total, end: total + size });
    next[choice] = total;
    total += size;
  }
  for (let at = first; at < end; at++) sorted[next[chosen[at]! + 1]!++] = places[at]!;
  for (let at = first; at < end; at++) places[at] = sorted[at]!;
  return runs;
}

import { leastDistance } from "../space/slack.ts";
import type { Candidate } from "./candidate.ts";
import { type Edge, type Graph, graphOf } from "./graph.ts";
import { lookWithin, measure, type Outline } from "./outline.ts";

/**
 * Which candidates can't stand in the tree together: those that lie within the reach of each other, at the lower of
 * their levels.
 */
export type ConflictGraph = (outline: Outline, candidates: readonly Candidate[]) => Graph;

/** The conflict graph by its definition: every pair is measured. */
export const everyPair: ConflictGraph = (outline, candidates) => {
  const edges: Edge[] = [];
  for (let b = 1; b < candidates.length; b++) {
    for (let a = 0; a < b; a++) {
      const length = measure(outline, candidates[a]!.point, candidates[b]!.point);
      if (length <= Math.min(candidates[a]!.reach, candidates[b]!.reach)) edges.push({ a, b });
    }
  }
  return graphOf(candidates.length, edges);
};

/**
 * The same graph. Candidates are grouped by parent, and pairs of groups are left out whose parents lie so far apart
 * that no two of them can be in conflict.
 */
export const pairsOfNearParents: ConflictGraph = (outline, candidates) => {
  const groups = groupByParent(candidates);
  const edges: Edge[] = [];
  for (const [at, group] of groups.entries()) {
    outline.space.gathered.gather(group.points, group.reaches);
    for (const [place, b] of group.members.entries()) compare(outline, candidates[b]!, b, group, place, edges);
    for (const other of groups.slice(0, at)) {
      if (areApart(outline, group, other)) continue;
      for (const b of other.members) compare(outline, candidates[b]!, b, group, group.members.length, edges);
    }
  }
  return graphOf(candidates.length, edges);
};

/** Adds the conflicts of a candidate with the first of a group, which is gathered. */
function compare(
  outline: Outline,
  { point, reach }: Candidate,
  b: number,
  { members }: Group,
  count: number,
  edges: Edge[],
): void {
  const found = lookWithin(outline, point, count, reach);
  const { places } = outline.space.gathered;
  for (let index = 0; index < found; index++) edges.push({ a: members[places[index]!]!, b });
}

interface Group {
  readonly parent: number;
  readonly members: number[];
  readonly points: number[];
  readonly reaches: number[];
  /** The greatest distance of a member from the parent, and the greatest reach of one. */
  radius: number;
  reach: number;
}

function groupByParent(candidates: readonly Candidate[]): readonly Group[] {
  const groups = new Map<number, Group>();
  for (const [index, { point, parent, distance, reach }] of candidates.entries()) {
    const group = groups.get(parent) ?? { parent, members: [], points: [], reaches: [], radius: 0, reach: 0 };
    groups.set(parent, group);
    group.members.push(index);
    group.points.push(point);
    group.reaches.push(reach);
    group.radius = Math.max(group.radius, distance);
    group.reach = Math.max(group.reach, reach);
  }
  return [...groups.values()];
}

function areApart(outline: Outline, one: Group, other: Group): boolean {
  const apart = measure(outline, one.parent, other.parent);
  const { slack } = outline.space;
  const least = leastDistance(leastDistance(apart, one.radius, slack), other.radius, slack);
  return least > Math.min(one.reach, other.reach);
}

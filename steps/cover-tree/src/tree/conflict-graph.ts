import { leastDistance } from "../space/slack.ts";
import type { Candidate } from "./candidate.ts";
import { type Edge, type Graph, graphOf } from "./graph.ts";
import { type Growth, measure, measureAll } from "./growth.ts";

/** Which candidates can't stand in the tree together: those that lie within the reach of each other, at the lower of their levels. */
export type ConflictGraph = (growth: Growth, candidates: readonly Candidate[]) => Graph;

/** The conflict graph by its definition: every pair is measured. */
export const everyPair: ConflictGraph = (growth, candidates) => {
  const edges: Edge[] = [];
  for (let b = 1; b < candidates.length; b++) {
    for (let a = 0; a < b; a++) {
      const length = measure(growth, candidates[a]!.point, candidates[b]!.point);
      if (length <= Math.min(candidates[a]!.reach, candidates[b]!.reach)) edges.push({ a, b });
    }
  }
  return graphOf(candidates.length, edges);
};

/**
 * The same graph. Candidates are grouped by parent, and pairs of groups are left out whose parents lie so far apart that no two
 * of them can be in conflict.
 */
export const pairsOfNearParents: ConflictGraph = (growth, candidates) => {
  const groups = groupByParent(candidates);
  const edges: Edge[] = [];
  for (const [at, group] of groups.entries()) {
    for (const [place, b] of group.members.entries()) {
      compare(growth, candidates, b, group.members.slice(0, place), group.points.slice(0, place), edges);
    }
    for (const other of groups.slice(0, at)) {
      if (areApart(growth, group, other)) continue;
      for (const b of group.members) compare(growth, candidates, b, other.members, other.points, edges);
    }
  }
  return graphOf(candidates.length, edges);
};

/** Adds the conflicts of one candidate with others, whose points are given as well. */
function compare(
  growth: Growth,
  candidates: readonly Candidate[],
  b: number,
  others: readonly number[],
  points: readonly number[],
  edges: Edge[],
): void {
  const candidate = candidates[b]!;
  const measured = measureAll(growth, candidate.point, points);
  for (let index = 0; index < others.length; index++) {
    const length = measured[index]!;
    if (length > candidate.reach) continue;
    const a = others[index]!;
    if (length <= candidates[a]!.reach) edges.push({ a, b });
  }
}

interface Group {
  readonly parent: number;
  readonly members: number[];
  readonly points: number[];
  /** Of the members. */
  radius: number;
  reach: number;
}

function groupByParent(candidates: readonly Candidate[]): readonly Group[] {
  const groups = new Map<number, Group>();
  for (const [index, { point, parent, distance, reach }] of candidates.entries()) {
    const group = groups.get(parent) ?? { parent, members: [], points: [], radius: 0, reach: 0 };
    groups.set(parent, group);
    group.members.push(index);
    group.points.push(point);
    group.radius = Math.max(group.radius, distance);
    group.reach = Math.max(group.reach, reach);
  }
  return [...groups.values()];
}

function areApart(growth: Growth, one: Group, other: Group): boolean {
  const apart = measure(growth, one.parent, other.parent);
  const { slack } = growth.space;
  const least = leastDistance(leastDistance(apart, one.radius, slack), other.radius, slack);
  return least > Math.min(one.reach, other.reach);
}

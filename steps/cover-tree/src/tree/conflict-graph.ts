import { leastDistance } from "../space/slack.ts";
import type { Candidate } from "./candidate.ts";
import { type Graph, graphOf } from "./graph.ts";
import { type Growth, measure, measureAll } from "./growth.ts";

/** Which candidates can't stand in the tree together: those that lie within 2^level of each other, at the lower of their levels. */
export type ConflictGraph = (growth: Growth, candidates: readonly Candidate[]) => Graph;

/** The conflict graph by its definition: every pair is measured. */
export const everyPair: ConflictGraph = (growth, candidates) => {
  const edges = [];
  for (let b = 1; b < candidates.length; b++) {
    for (let a = 0; a < b; a++) {
      const length = measure(growth, candidates[a]!.point, candidates[b]!.point);
      if (conflict(candidates[a]!, candidates[b]!, length)) edges.push({ a, b, length });
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
  const edges = [];
  for (const [at, group] of groups.entries()) {
    for (const other of groups.slice(0, at + 1)) {
      if (other !== group && areApart(growth, group, other)) continue;
      for (const [place, b] of group.members.entries()) {
        const others = other === group ? group.members.slice(0, place) : other.members;
        const points = others.map((a) => candidates[a]!.point);
        const measured = measureAll(growth, candidates[b]!.point, points);
        for (const [index, a] of others.entries()) {
          const length = measured[index]!;
          if (conflict(candidates[a]!, candidates[b]!, length)) edges.push({ a, b, length });
        }
      }
    }
  }
  return graphOf(candidates.length, edges);
};

function conflict(one: Candidate, other: Candidate, distance: number): boolean {
  return distance <= 2 ** Math.min(one.level, other.level);
}

interface Group {
  readonly parent: number;
  readonly members: number[];
  /** Of the members. */
  radius: number;
  level: number;
}

function groupByParent(candidates: readonly Candidate[]): readonly Group[] {
  const groups = new Map<number, Group>();
  for (const [index, { parent, distance, level }] of candidates.entries()) {
    const group = groups.get(parent);
    if (group === undefined) groups.set(parent, { parent, members: [index], radius: distance, level });
    else {
      group.members.push(index);
      group.radius = Math.max(group.radius, distance);
      group.level = Math.max(group.level, level);
    }
  }
  return [...groups.values()];
}

function areApart(growth: Growth, one: Group, other: Group): boolean {
  const apart = measure(growth, one.parent, other.parent);
  const { slack } = growth.space;
  const least = leastDistance(leastDistance(apart, one.radius, slack), other.radius, slack);
  return least > 2 ** Math.min(one.level, other.level);
}

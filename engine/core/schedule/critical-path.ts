import type { Graph } from "../graph/graph.ts";

/**
 * The priority of each phase: the longest time from its start to the end of the run, by the durations of earlier runs
 * (milliseconds); a phase never seen counts as a second.
 */
export function criticalPath(graph: Graph, durations: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const priorities = new Map<string, number>();
  for (const [name, { dependents }] of [...graph.phases].reverse()) {
    const after = dependents.reduce((longest, dependent) => Math.max(longest, priorities.get(dependent)!), 0);
    priorities.set(name, after + (durations.get(name) ?? 1_000));
  }
  return priorities;
}

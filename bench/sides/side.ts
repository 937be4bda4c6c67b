import type { Graph, Sources } from "../graph.ts";
import { resultsOf } from "../graph.ts";

/** A graph, written down for one of the programs that are compared, in a directory of its own. */
export interface Side {
  readonly name: string;
  /** Takes all that was made out of the way, so that the next run is from cold. */
  clear(): void;
  /** Runs to the end, and returns what was printed. */
  run(): string;
  /** Whether the text says that nothing was to be done. */
  didNothing(printed: string): boolean;
  /** Changes what a source holds. */
  setSource(name: string, value: number): void;
  /** By task: what stands in its output. */
  results(): ReadonlyMap<string, number>;
}

/** Throws where a side's outputs are not all there, or are not what they must be. */
export function checkResults(side: Side, graph: Graph, sources: Sources): void {
  const found = side.results();
  for (const [id, expected] of resultsOf(graph, sources)) {
    if (found.get(id) === expected) continue;
    throw new Error(`${side.name}: the result of ${id} is ${found.get(id)}, and must be ${expected}`);
  }
}

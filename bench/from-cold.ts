import type { Graph } from "./graph.ts";
import { firstSources } from "./graph.ts";
import type { Contender } from "./measure.ts";
import { checkResults, type Side } from "./sides/side.ts";

/** A run of a side that finds nothing of an earlier one, and must write every result. */
export function fromCold(side: Side, graph: Graph): Contender {
  return {
    name: side.name,
    prepare: side.clear,
    run: () => void side.run(),
    check: () => checkResults(side, graph, firstSources(graph)),
  };
}

import { firstSources, type Graph } from "./graph.ts";
import { checkResults, type Side } from "./sides/side.ts";

/** A side whose sources change again and again, each time to numbers that they never held. */
export interface ChangingSide<S extends Side> {
  readonly side: S;
  change(names: readonly string[]): void;
  /** Throws where the results are not those of the sources as they are now. */
  check(): void;
}

export function changingSide<S extends Side>(side: S, graph: Graph): ChangingSide<S> {
  const sources = firstSources(graph);
  let next = 1_000 + sources.size;
  return {
    side,
    change: (names) => {
      for (const name of names) {
        sources.set(name, next);
        side.setSource(name, next);
        next += 1;
      }
    },
    check: () => checkResults(side, graph, sources),
  };
}

import { buildGraph } from "../graph/build-graph.ts";
import type { Graph } from "../graph/graph.ts";
import { resolvePipeline } from "../pipeline/resolve-pipeline.ts";
import { madeUpCatalog } from "./made-up-catalog.ts";

/** The graph of phases as a user writes them; a phase that names no step is of the step that takes anything. */
export function graphOf(phases: Readonly<Record<string, object>>): Graph {
  const written = Object.entries(phases).map(([name, phase]) => [name, { step: "made-up/any", ...phase }]);
  const document = { pipeline: "made-up", phases: Object.fromEntries(written) };
  const { pipeline } = resolvePipeline(document);
  return buildGraph(pipeline, madeUpCatalog());
}

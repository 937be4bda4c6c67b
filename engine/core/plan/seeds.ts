import { deriveSeed } from "@orchestrate/sdk/runtime";
import type { Graph, GraphPhase } from "../graph/graph.ts";

/** The seeds that a phase's step declares, derived from the pipeline's seed, the purpose and the phase's `seedKey`. */
export function seedsOf(graph: Graph, { phase, step }: GraphPhase): Readonly<Record<string, number>> {
  const { seed } = graph.pipeline;
  return Object.fromEntries(
    step.contract.seeds.map((purpose) => [purpose, deriveSeed(seed, purpose, phase.seedKey ?? undefined)]),
  );
}

import { deriveSeed } from "@orchestrate/sdk/runtime";
import type { Graph } from "../graph/graph.ts";
import type { Instance } from "../graph/instance.ts";

/**
 * The seeds that an instance's step declares, derived from the pipeline's seed, the purpose and the phase's `seedKey`.
 */
export function seedsOf(graph: Graph, { phase, seedKey }: Instance): Readonly<Record<string, number>> {
  const { seed } = graph.pipeline;
  const { seeds } = graph.phases.get(phase)!.step.contract;
  return Object.fromEntries(seeds.map((purpose) => [purpose, deriveSeed(seed, purpose, seedKey)]));
}

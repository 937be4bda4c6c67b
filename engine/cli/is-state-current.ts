import type { Graph } from "../core/graph/graph.ts";
import type { Plan } from "../core/plan/plan.ts";
import type { Index } from "../io/index/index-port.ts";

/**
 * Whether every `previous` input of the pipeline would take up next what the plan reuses. Where it would not, as after
 * a run with another config, a run has to commit that anew, although nothing is computed.
 */
export async function isStateCurrent(graph: Graph, plan: Plan, index: Pick<Index, "previous">): Promise<boolean> {
  const { name: pipeline, state } = graph.pipeline;
  for (const { phase, output } of carriedOutputs(graph)) {
    const decision = plan.entries.get(phase)?.decision;
    if (decision?.type !== "reuse") continue;
    const newest = await index.previous({ pipeline, state, phase });
    if (newest?.outputs[output]?.digest !== decision.candidate.outputs[output]?.digest) return false;
  }
  return true;
}

/** The outputs that some phase of the pipeline reads by `previous`. */
export function carriedOutputs(graph: Graph): readonly { readonly phase: string; readonly output: string }[] {
  return [...graph.phases.values()].flatMap(({ phase }) =>
    Object.values(phase.inputs).flatMap((wiring) => (wiring.from === "previous" ? [wiring] : [])),
  );
}

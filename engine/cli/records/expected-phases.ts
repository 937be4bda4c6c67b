import type { RunDocument } from "@orchestrate/manifests";
import type { Phase, Pipeline } from "../../core/pipeline/pipeline.ts";
import { resolvePipeline } from "../../core/pipeline/resolve-pipeline.ts";

/** The phases that belong to a run: those that were asked for and all they depend on, in the pipeline's order. */
export function expectedPhases(document: RunDocument): readonly Phase[] {
  const { pipeline } = resolvePipeline(document.resolved);
  const wanted = new Set<string>();
  const open = [...document.selected];
  for (const name of open) {
    const phase = pipeline.phases.get(name);
    if (wanted.has(name) || phase === undefined || !phase.enabled) continue;
    wanted.add(name);
    open.push(...dependencies(phase, pipeline));
  }
  return [...pipeline.phases.values()].filter(({ name }) => wanted.has(name));
}

function dependencies({ inputs, after, each }: Phase, { phases }: Pipeline): readonly string[] {
  const wired = Object.values(inputs).flatMap((wiring) => (wiring.from === "phase" ? [wiring.phase] : []));
  const listed = each?.over === "artifact" ? [each.phase] : [];
  return [...wired, ...after, ...listed].filter((name) => phases.has(name));
}

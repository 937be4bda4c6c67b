import type { Json } from "../../core/pipeline/pipeline.ts";
import { resolvePipeline } from "../../core/pipeline/resolve-pipeline.ts";
import type { Project } from "../open-project.ts";

/** The `state` of reproductions: no later run takes what is newest from one. */
export const REPRODUCED = "reproduced";

/**
 * A run's pipeline as it is made again: it neither publishes nor is followed, and leaves the pipeline's state alone.
 */
export function asReproduction(project: Project): Project {
  const { follow, phases, ...document } = project.resolved as { readonly [field: string]: Json };
  const unpublished = Object.entries(phases as { readonly [name: string]: { readonly [field: string]: Json } }).map(
    ([name, { publish, ...phase }]) => [name, phase],
  );
  const resolved = { ...document, state: REPRODUCED, phases: Object.fromEntries(unpublished) };
  return { ...project, ...resolvePipeline(resolved) };
}

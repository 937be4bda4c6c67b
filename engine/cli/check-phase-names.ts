import type { Graph } from "../core/graph/graph.ts";
import { suggest } from "../core/suggest.ts";
import { usageError } from "./report-error.ts";

/** @throws OrchestrateError `usage` (input) for what is no phase of the pipeline, or not enabled. */
export function namesOfPhases(graph: Graph, names: readonly string[], option: string): readonly string[] {
  for (const name of names) {
    if (graph.phases.has(name)) continue;
    if (graph.pipeline.phases.has(name)) {
      throw usageError(
        `${option} names the phase "${name}", which is not enabled.`,
        `Enable it: --set ${name}.enabled=true.`,
      );
    }
    const phase = name.replace(/\[.*$/, "");
    throw usageError(
      `${option} names a phase "${name}" that the pipeline does not have.`,
      graph.phases.has(phase)
        ? `A phase is taken with all its instances: ${option} ${phase}.`
        : suggest(name, graph.phases.keys()),
    );
  }
  return names;
}

/**
 * To be told to run what is not in the run at all can't be meant.
 *
 * @throws OrchestrateError `usage` (input)
 */
export function selectedPhases(
  selected: ReadonlySet<string>,
  names: readonly string[],
  option: string,
): readonly string[] {
  const left = names.find((name) => !selected.has(name));
  if (left === undefined) return names;
  throw usageError(
    `${option} names the phase "${left}", which --phases leaves out.`,
    `Add it to --phases, or leave out ${option} ${left}.`,
  );
}

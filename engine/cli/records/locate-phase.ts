import { listPhases, phaseDirectory, type RunDocument } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import { instanceId, parseInstanceId } from "../../core/graph/instance.ts";
import { suggest } from "../../core/suggest.ts";
import { formatCount } from "../../io/terminal/format-count.ts";
import { expectedPhases } from "./expected-phases.ts";

export interface LocatedPhase {
  /** `phase`, or `phase[key]`. */
  readonly id: string;
  readonly directory: string;
  readonly state: "begun" | "not begun";
}

/**
 * The directory of a phase instance in a run, by `phase` or `phase[key]`.
 *
 * @throws OrchestrateError (input) `phase-not-found`; `phase-has-instances` where a key is needed; `phase-not-begun`
 * where there is no instance to name.
 */
export function locatePhase(runDirectory: string, document: RunDocument, wanted: string): LocatedPhase {
  const begun = listPhases(runDirectory).map((place) => ({ id: instanceId(place.phase, place.key), ...place }));
  const found = begun.find(({ id }) => id === wanted);
  if (found !== undefined) return { id: wanted, directory: found.directory, state: "begun" };
  const instances = begun.filter(({ phase, key }) => phase === wanted && key !== null);
  if (instances.length > 0) throw hasInstances(wanted, instances);
  const { phase, key } = parseInstanceId(wanted);
  const expected = expectedPhases(document);
  const declared = expected.find(({ name }) => name === phase);
  if (declared !== undefined && (declared.each === null) === (key === null)) {
    return { id: wanted, directory: phaseDirectory(runDirectory, phase, key), state: "not begun" };
  }
  if (declared !== undefined && key === null) throw withoutInstances(phase, document.run);
  const names = [...new Set([...expected.map(({ name }) => name), ...begun.map(({ id }) => id)])];
  throw new OrchestrateError({
    error: "phase-not-found",
    category: "input",
    detail: `The run ${document.run} has no phase "${wanted}".`,
    hint: suggest(wanted, names),
  });
}

function hasInstances(phase: string, instances: readonly { readonly id: string }[]): OrchestrateError {
  return new OrchestrateError({
    error: "phase-has-instances",
    category: "input",
    detail: `${phase} is fanned out: it has ${formatCount(instances.length, "instance")}.`,
    hint: `Name one of them, as "${instances[0]?.id}".`,
  });
}

function withoutInstances(phase: string, run: string): OrchestrateError {
  return new OrchestrateError({
    error: "phase-not-begun",
    category: "input",
    detail: `${phase} is fanned out, and no instance of it has begun in the run ${run}.`,
    hint: `Its list is empty, or the run did not come so far: orchestrate show ${run}.`,
  });
}

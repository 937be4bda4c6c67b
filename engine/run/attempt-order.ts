import { digestJson, type RunDocument } from "@orchestrate/manifests";
import type { Instance } from "../core/graph/instance.ts";
import { seedsOf } from "../core/plan/seeds.ts";
import type { Attempt } from "./attempt.ts";
import { givenToStep } from "./given-to-step.ts";
import type { AttemptOrder } from "./ports/executor.ts";
import type { RunScope } from "./run-scope.ts";

/** Everything an executor needs to run an attempt. */
export function attemptOrder(scope: RunScope, { instance, place, facts, fingerprint, inputs }: Attempt): AttemptOrder {
  const vertex = scope.graph.phases.get(instance.phase)!;
  const name = instance.key === null ? instance.phase : `${instance.phase}/${instance.key}`;
  return {
    attempt: `${scope.run}/${name}/${place.number}`,
    number: place.number,
    step: { name: vertex.step.name, module: scope.modules.step(vertex.step.name).module },
    staging: place.staging,
    log: `${place.phaseDirectory}/log.ndjson`,
    phaseDirectory: place.phaseDirectory,
    fingerprint: fingerprint.digest,
    durability: scope.document.durability,
    config: facts.config.value,
    inputs: Object.fromEntries(Object.entries(inputs).map(([input, { input: found }]) => [input, found])),
    outputs: vertex.step.contract.open ? openOutputs(vertex.phase.outputs) : {},
    ...givenToStep(vertex, facts, { modules: scope.modules, surroundings: scope.ports.surroundings }),
    code: facts.code.named,
    project: scope.ports.surroundings.project,
    seeds: seedsOf(scope.graph, instance),
    resources: vertex.resources,
    ...(instance.item === undefined ? {} : { item: instance.item }),
    token: commitToken(scope.run, instance),
    series: series(scope.document, instance),
    timeoutMs: vertex.phase.timeoutMs,
  };
}

/** Equal in all attempts of an instance, and in no other. */
export function commitToken(run: string, { phase, key }: Pick<Instance, "phase" | "key">): string {
  return digestJson(["orchestrate.token/1", run, phase, key]);
}

/** Equal for an instance in all runs of its pipeline and state, and for no other. */
export function series(
  { pipeline, state }: Pick<RunDocument, "pipeline" | "state">,
  { phase, key }: Pick<Instance, "phase" | "key">,
): string {
  return digestJson(["orchestrate.series/1", pipeline, state, phase, key]);
}

function openOutputs(
  outputs: Readonly<Record<string, { readonly path: string; readonly form: "file" | "directory" }>>,
): AttemptOrder["outputs"] {
  return Object.fromEntries(Object.entries(outputs).map(([name, { path, form }]) => [name, { path, form }]));
}

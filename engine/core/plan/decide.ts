import { type Digest, digestJson } from "@orchestrate/manifests";
import type { Graph, GraphPhase } from "../graph/graph.ts";
import type { Instance } from "../graph/instance.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { unreachable } from "../unreachable.ts";
import type { Candidate } from "./candidate.ts";
import { type Fingerprint, fingerprint, gatherDigest } from "./fingerprint.ts";
import type { InstanceFacts, Pinned } from "./instance-facts.ts";
import { seedsOf } from "./seeds.ts";

/** Why an instance runs although it could be looked up. */
export type RunCause = "nothing-to-reuse" | "forced" | "cache-off" | "external-effects" | "external-reads";

/** What is to be done with an instance. `pending`: some inputs have yet to be made, so it can't be known. */
export type Decision =
  | { readonly type: "reuse"; readonly fingerprint: Fingerprint; readonly candidate: Candidate }
  | { readonly type: "run"; readonly fingerprint: Fingerprint; readonly cause: RunCause }
  | { readonly type: "pending"; readonly upstream: readonly string[] };

/** What a decision rests on. */
export interface DecisionScope {
  readonly graph: Graph;
  readonly schedule: Schedule;
  /** See `platformDigest`. */
  readonly platform: Digest;
  /** Pinned `previous` inputs, by `phase.output`. */
  readonly previous: ReadonlyMap<string, Pinned>;
  /** Phases that must run whatever could be reused. */
  readonly forced: ReadonlySet<string>;
  readonly reuse: "allowed" | "never";
}

/** A decision that hangs on whether there is something with this fingerprint; see `conclude`. */
export interface LookUp {
  readonly type: "look-up";
  readonly fingerprint: Fingerprint;
}

/** Decides on one instance whose dependencies have ended, as far as that can be done without looking. */
export function decide(
  scope: DecisionScope,
  instance: Instance,
  facts: InstanceFacts,
): Exclude<Decision, { type: "reuse" }> | LookUp {
  const inputs = inputDigests(scope, instance, facts);
  if ("upstream" in inputs) return { type: "pending", upstream: inputs.upstream };
  const vertex = scope.graph.phases.get(instance.phase)!;
  const print = fingerprint({
    code: vertex.step.code,
    config: facts.config.digest,
    item: instance.item === undefined ? undefined : digestJson(instance.item),
    inputs: inputs.digests,
    seeds: seedsOf(scope.graph, instance),
    services: facts.services,
    env: facts.env,
    files: facts.files,
    outputs: vertex.step.contract.open ? digestJson(vertex.phase.outputs) : undefined,
    version: facts.version,
    platform: scope.platform,
  });
  const cause = mustRun(scope, vertex, facts);
  if (cause !== undefined) return { type: "run", fingerprint: print, cause };
  return { type: "look-up", fingerprint: print };
}

/** The decision once it was looked up. */
export function conclude({ fingerprint }: LookUp, candidate: Candidate | undefined): Decision {
  if (candidate !== undefined) return { type: "reuse", fingerprint, candidate };
  return { type: "run", fingerprint, cause: "nothing-to-reuse" };
}

function mustRun(scope: DecisionScope, { phase, step }: GraphPhase, { version }: InstanceFacts): RunCause | undefined {
  if (scope.forced.has(phase.name)) return "forced";
  if (scope.reuse === "never" || !phase.cache) return "cache-off";
  if (step.contract.effects === "external") return "external-effects";
  if (step.contract.reads === "external" && version === null) return "external-reads";
  return undefined;
}

function inputDigests(
  scope: DecisionScope,
  instance: Instance,
  facts: InstanceFacts,
): { readonly digests: Readonly<Record<string, Digest | null>> } | { readonly upstream: readonly string[] } {
  const digests: Record<string, Digest | null> = {};
  const upstream: string[] = [];
  for (const [name, input] of Object.entries(instance.inputs)) {
    switch (input.from) {
      case "instance": {
        const committed = scope.schedule.committed(input.id);
        if (committed === undefined) upstream.push(input.id);
        else digests[name] = committed.outputs[input.output]?.digest ?? null;
        break;
      }
      case "gather": {
        const list = gathered(scope.schedule, input.phase, input.output);
        if (list === undefined) upstream.push(`${input.phase}[*]`);
        else digests[name] = gatherDigest(list);
        break;
      }
      case "path":
        digests[name] = facts.sources[name]!.digest;
        break;
      case "previous":
        digests[name] = scope.previous.get(input.reference)?.digest ?? null;
        break;
      default:
        unreachable(input);
    }
  }
  return upstream.length > 0 ? { upstream: [...new Set(upstream)] } : { digests };
}

/** One instance's share of a gathered input. */
export interface GatheredEntry {
  readonly id: string;
  readonly key: string;
  readonly digest: Digest;
}

/** The committed instances of a phase that have the output, in the list's order; undefined while one has yet to run. */
export function gathered(schedule: Schedule, phase: string, output: string): readonly GatheredEntry[] | undefined {
  const instances = schedule.instances(phase);
  if (instances === undefined) return undefined;
  const list: GatheredEntry[] = [];
  for (const { id, key } of instances) {
    const outcome = schedule.outcome(id);
    if (outcome?.type === "failed") continue;
    if (outcome?.type !== "committed") return undefined;
    const record = outcome.committed.outputs[output];
    if (record !== undefined) list.push({ id, key: key!, digest: record.digest });
  }
  return list;
}

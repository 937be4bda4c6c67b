import {
  type CommittedPhase,
  commitAttempt,
  type InputRecord,
  type KnownBytes,
  type PhaseManifest,
} from "@orchestrate/manifests";
import { seedsOf } from "../core/plan/seeds.ts";
import type { Attempt } from "./attempt.ts";
import type { FoundInput } from "./locate-inputs.ts";
import type { RunScope } from "./run-scope.ts";

/** What is to be recorded of an instance, computed or reused. */
export interface CommitContent extends Attempt {
  readonly metrics: Readonly<Record<string, number>>;
  readonly started: string;
  /** What else the run has in hand. */
  readonly beside: () => "nothing" | "others";
  /** Files that were carried over from an input, by path below the staging directory. */
  readonly carried?: Readonly<Record<string, KnownBytes>>;
  /** What it was reused from, with the digests of its outputs. */
  readonly origin?: {
    readonly reused: NonNullable<PhaseManifest["reused"]>;
    readonly digests: Readonly<Record<string, KnownBytes>>;
  };
}

/** Commits an attempt's staging directory as this instance's artifacts. */
export async function commitInstance(scope: RunScope, content: CommitContent): Promise<CommittedPhase> {
  const { instance, place, origin, carried = {} } = content;
  await place.lasting;
  const vertex = scope.graph.phases.get(instance.phase)!;
  return commitAttempt({
    phaseDir: place.phaseDirectory,
    attempt: place.number,
    outputs: Object.fromEntries(
      Object.entries(vertex.outputs)
        // What was absent where it was reused from is absent here.
        .filter(([name]) => origin === undefined || Object.hasOwn(origin.digests, name))
        .map(([name, { path, kind, form, mode }]) => [name, { path, kind, form, optional: mode === "optional" }]),
    ),
    manifest: manifestOf(scope, content),
    finished: () => new Date(scope.ports.clock.now()).toISOString(),
    durability: scope.document.durability,
    beside: content.beside,
    ...(origin === undefined ? {} : { reusedDigests: origin.digests }),
    carried,
    beforePoint: (point) => scope.ports.beforePoint(`commit:${point}:${instance.id}`),
  });
}

function manifestOf(
  scope: RunScope,
  { instance, place, facts, fingerprint, inputs, metrics, started, origin }: CommitContent,
): Omit<PhaseManifest, "outputs" | "finished"> {
  const vertex = scope.graph.phases.get(instance.phase)!;
  const { name, plugin, version, code } = vertex.step;
  const { environment, git } = scope.document;
  const records = Object.entries(inputs).filter(
    (entry): entry is [string, FoundInput & { record: InputRecord }] => entry[1].record !== undefined,
  );
  return {
    schema: "orchestrate.manifest/1",
    run: scope.run,
    pipeline: scope.graph.pipeline.name,
    phase: instance.phase,
    key: instance.key,
    attempt: place.number,
    step: { name, plugin, version, code },
    fingerprint: { digest: fingerprint.digest, parts: fingerprint.parts },
    config: facts.config.value as PhaseManifest["config"],
    ...(instance.item === undefined ? {} : { item: instance.item as NonNullable<PhaseManifest["item"]> }),
    seeds: seedsOf(scope.graph, instance),
    services: Object.fromEntries([...vertex.services].map(([token, chosen]) => [token, chosen.facts.name])),
    inputs: Object.fromEntries(records.map(([input, { record }]) => [input, record])),
    metrics,
    durability: scope.document.durability,
    reused: origin?.reused ?? null,
    git,
    environment: { node: environment.node, platform: environment.platform, arch: environment.arch },
    env: Object.keys(facts.env),
    started,
  };
}

import { type InputRecord, type OutputRecord, phaseDirectory, type StatEntry } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import { type Instance, type InstanceInput, parseInstanceId } from "../core/graph/instance.ts";
import { gathered } from "../core/plan/decide.ts";
import type { Schedule } from "../core/schedule/schedule.ts";
import { unreachable } from "../core/unreachable.ts";
import type { AttemptInput, LocatedInput } from "./ports/executor.ts";
import type { Source } from "./ports/surroundings.ts";
import type { PreparedFacts } from "./prepare-instances.ts";
import type { RunScope } from "./run-scope.ts";

/** What a step reads, and what it must still look like at commit. */
export interface Guard {
  readonly artifact: LocatedInput;
  readonly stats: readonly StatEntry[];
  /** The directory of the phase that committed it, absolute; undefined of a path outside of the runs. */
  readonly phase: string | undefined;
}

/** An input three ways: as the attempt finds it, as the manifest records it, and as it must still be at commit. */
export interface FoundInput {
  readonly input: AttemptInput;
  /** Undefined where the input is absent. */
  readonly record: InputRecord | undefined;
  readonly guard: readonly Guard[];
}

/** What an instance reads, by input. */
export type FoundInputs = Readonly<Record<string, FoundInput>>;

/** What the stats of artifacts of this run were when they were committed, by absolute path. */
export type ArtifactStats = ReadonlyMap<string, readonly StatEntry[]>;

/** Where inputs are found: a run, and what is committed in it. */
export interface InputScope {
  readonly scope: RunScope;
  readonly schedule: Schedule;
  readonly stats: ArtifactStats;
}

/** Finds every input of an instance whose dependencies are committed. */
export function locateInputs(
  run: InputScope,
  instance: Instance,
  { sources }: Pick<PreparedFacts, "sources">,
): FoundInputs {
  const found: Record<string, FoundInput> = {};
  for (const [name, input] of Object.entries(instance.inputs))
    found[name] = required(run.scope, instance, name, locate(run, input, sources[name]));
  return found;
}

/** @throws OrchestrateError `input-absent` (failed): the optional output that it is wired to was not written. */
function required(scope: RunScope, { id, phase, inputs }: Instance, name: string, found: FoundInput): FoundInput {
  const mode = scope.graph.phases.get(phase)!.step.contract.inputs[name]?.mode ?? "required";
  if (found.record !== undefined || mode === "optional") return found;
  const input = inputs[name]!;
  const source = input.from === "instance" ? `${input.id}.${input.output}` : name;
  throw new OrchestrateError({
    error: "input-absent",
    category: "failed",
    detail: `The input "${name}" of ${id} is wired to ${source}, an optional output that was not written.`,
    hint: "Let that phase write it, or wire the input to another artifact.",
  });
}

const ABSENT: FoundInput = { input: { is: "absent" }, record: undefined, guard: [] };

function locate(run: InputScope, input: InstanceInput, source: Source | undefined): FoundInput {
  switch (input.from) {
    case "instance": {
      const { id, output } = input;
      return fromArtifact(run, { ...parseInstanceId(id), id, output });
    }
    case "gather":
      return fromList(run, input);
    case "path": {
      const { path, digest, form, stats: guarded } = source!;
      const artifact = { path, digest, form };
      return {
        input: { is: "one", artifact },
        record: { path: input.path, digest },
        guard: [{ artifact, stats: guarded, phase: undefined }],
      };
    }
    case "previous": {
      const pinned = run.scope.previous.get(input.reference);
      if (pinned == null) return ABSENT;
      const { path, digest, manifest } = pinned;
      const form = outputForm(run.scope, input.reference);
      return {
        input: { is: "one", artifact: { path, digest, form } },
        record: { previous: input.reference, run: pinned.run, digest, manifest },
        guard: [],
      };
    }
    default:
      return unreachable(input);
  }
}

function outputForm(scope: RunScope, reference: string): OutputRecord["form"] {
  const [phase, output] = reference.split(".") as [string, string];
  return scope.graph.phases.get(phase)?.outputs[output]?.form ?? "file";
}

interface Producer {
  readonly id: string;
  readonly phase: string;
  readonly key: string | null;
  readonly output: string;
}

function fromArtifact(run: InputScope, producer: Producer): FoundInput {
  const found = findArtifact(run, producer);
  if (found === undefined) return ABSENT;
  const { artifact, record, guard } = found;
  return { input: { is: "one", artifact }, record, guard: [guard] };
}

function fromList(run: InputScope, { phase, output }: { readonly phase: string; readonly output: string }): FoundInput {
  const { schedule } = run;
  const items = new Map(schedule.instances(phase)!.map(({ id, item }) => [id, item!]));
  const parts = gathered(schedule, phase, output)!.map(({ id, key }) => ({
    ...findArtifact(run, { id, phase, key, output })!,
    key,
    item: items.get(id)!,
  }));
  return {
    input: { is: "list", artifacts: parts.map(({ artifact, key, item }) => ({ ...artifact, key, item })) },
    record: { gather: parts.map(({ record, key }) => ({ ...record, key })) },
    guard: parts.map(({ guard }) => guard),
  };
}

/** Undefined where it is optional and was not written. */
function findArtifact({ scope, schedule, stats }: InputScope, { id, phase, key, output }: Producer) {
  const committed = schedule.committed(id)!;
  const written = committed.outputs[output];
  if (written === undefined) return undefined;
  const directory = phaseDirectory(scope.directory, phase, key);
  const path = `${directory}/${written.path}`;
  const { digest, form } = written;
  const artifact = { path, digest, form };
  return {
    artifact,
    record: { phase, ...(key === null ? {} : { key }), output, digest, manifest: committed.manifest },
    guard: { artifact, stats: stats.get(path) ?? [], phase: directory },
  };
}

import { type KnownBytes, readKnownManifest } from "@orchestrate/manifests";
import type { FoundInput } from "./locate-inputs.ts";
import type { CarriedFile } from "./ports/executor.ts";
import type { RunScope } from "./run-scope.ts";

/** What became of the files that a step carries over. */
export interface Carriage {
  /** By path below the staging directory: what need not be read again. */
  readonly known: Readonly<Record<string, KnownBytes>>;
  /** The directories of the phases whose files have one link more, absolute. */
  readonly linked: ReadonlySet<string>;
}

/** A file of an input, and the artifact that it belongs to. */
interface Origin {
  /** The directory of the phase that committed it; undefined of a path outside of the runs. */
  readonly phase: string | undefined;
  readonly bytes: KnownBytes | undefined;
}

/**
 * Lays the files that a step carries over into its staging directory. To be called once its processes have ended and its
 * inputs were guarded: so no file that is linked was ever in the hands of the step. What lies outside of the runs is copied,
 * since whoever wrote it may write it again.
 */
export function carryFiles(
  scope: RunScope,
  staging: string,
  inputs: Readonly<Record<string, FoundInput>>,
  carried: readonly CarriedFile[],
): Carriage {
  const known: Record<string, KnownBytes> = {};
  const linked = new Set<string>();
  if (carried.length === 0) return { known, linked };
  const origins = originsOf(scope, inputs);
  const modeOf = (from: string) => (origins.get(from)?.phase === undefined ? "copy" : scope.document.reuse);
  const laid = scope.ports.files.lay(
    carried.map(({ path, from }) => ({ from, to: `${staging}/${path}`, mode: modeOf(from) })),
  );
  for (const [at, { path, from }] of carried.entries()) {
    const { phase, bytes } = origins.get(from) ?? {};
    if (bytes !== undefined) known[path] = laid[at] === "linked" ? bytes : { digest: bytes.digest, size: bytes.size };
    if (phase !== undefined && laid[at] === "linked") linked.add(phase);
  }
  return { known, linked };
}

/** Every file of the inputs, by its absolute path. */
function originsOf(scope: RunScope, inputs: Readonly<Record<string, FoundInput>>): ReadonlyMap<string, Origin> {
  const origins = new Map<string, Origin>();
  for (const { record, guard } of Object.values(inputs)) {
    for (const { artifact, stats, phase } of guard) {
      const { path, form } = artifact;
      const durable = isDurable(scope, phase, record) ? { bytes: "durable" as const } : {};
      for (const entry of stats) {
        const digest = form === "directory" ? entry.digest : artifact.digest;
        const bytes = digest === undefined ? undefined : { digest, size: entry.size, ...durable };
        origins.set(entry.path === "." ? path : `${path}/${entry.path}`, { phase, bytes });
      }
    }
  }
  return origins;
}

/** Whether the run that committed an artifact made its bytes durable. */
function isDurable(scope: RunScope, phase: string | undefined, record: FoundInput["record"]): boolean {
  if (phase === undefined || record === undefined) return false;
  if (!("previous" in record)) return scope.document.durability === "strict";
  return readKnownManifest(`${phase}/manifest.json`, record.manifest).durability === "strict";
}

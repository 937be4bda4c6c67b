import { type InputRecord, type KnownBytes, readKnownManifest } from "@orchestrate/manifests";
import type { FoundInputs } from "./locate-inputs.ts";
import type { CarriedFile } from "./ports/executor.ts";
import type { RunScope } from "./run-scope.ts";

/** What became of the files that a step carries over. */
export interface Carriage {
  /** By path below the staging directory: what need not be read again. */
  readonly known: Readonly<Record<string, KnownBytes>>;
  /** The directories of the phases whose files have one link more, absolute. */
  readonly linked: ReadonlySet<string>;
}

/** A committed file of an input, and the phase that committed it. */
interface Origin {
  /** The phase's directory, absolute. */
  readonly phase: string;
  /** Undefined where its digest is not remembered. */
  readonly bytes: KnownBytes | undefined;
}

/**
 * Lays the files that a step carries over into its staging directory. To be called once its processes have ended and
 * its inputs were guarded: so no file that is linked was ever in the hands of the step. What lies outside of the runs
 * is copied and digested as all else, since whoever wrote it may write it again.
 */
export function carryFiles(
  scope: RunScope,
  staging: string,
  inputs: FoundInputs,
  carried: readonly CarriedFile[],
): Carriage {
  const origins = originsOf(scope, inputs);
  const laid = scope.ports.files.lay(
    carried.map(({ path, from }) => {
      return { from, to: `${staging}/${path}`, mode: origins.has(from) ? scope.document.reuse : "copy" };
    }),
  );
  const known: Record<string, KnownBytes> = {};
  const linked = new Set<string>();
  for (const [at, { path, from }] of carried.entries()) {
    const origin = origins.get(from);
    if (origin === undefined) continue;
    const { phase, bytes } = origin;
    if (laid[at] === "linked") linked.add(phase);
    if (bytes !== undefined) known[path] = laid[at] === "linked" ? bytes : { digest: bytes.digest, size: bytes.size };
  }
  return { known, linked };
}

/** Every committed file of the inputs, by its absolute path. */
function originsOf(scope: RunScope, inputs: FoundInputs): ReadonlyMap<string, Origin> {
  const origins = new Map<string, Origin>();
  for (const { record, guard } of Object.values(inputs)) {
    for (const { artifact, stats, phase } of guard) {
      if (phase === undefined || record === undefined) continue;
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
function isDurable(scope: RunScope, phase: string, record: InputRecord): boolean {
  if (!("previous" in record)) return scope.document.durability === "strict";
  return readKnownManifest(`${phase}/manifest.json`, record.manifest).durability === "strict";
}

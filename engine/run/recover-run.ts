import { listPhases, type PhaseManifest, phaseDirectory, recoverPhase, statArtifact } from "@orchestrate/manifests";
import { instanceId } from "../core/graph/instance.ts";
import type { Candidate } from "../core/plan/candidate.ts";
import type { RecoveredPhase } from "./committed-phases.ts";

/** Brings every phase directory of a run into order, and gives what is committed, by instance. */
export async function recoverRun(runDirectory: string): Promise<ReadonlyMap<string, RecoveredPhase>> {
  const recovered = new Map<string, RecoveredPhase>();
  const one = new OneOfEach();
  for (const { phase, key, directory } of listPhases(runDirectory)) {
    const recovery = await recoverPhase(directory);
    if (recovery.state !== "committed" && recovery.state !== "rolled-forward") continue;
    const { digest, state } = recovery;
    const manifest = one.manifest(recovery.manifest);
    const stats = Object.fromEntries(
      Object.entries(manifest.outputs).map(([name, output]) => [
        name,
        statArtifact(`${directory}/${output.path}`, output.form),
      ]),
    );
    recovered.set(instanceId(phase, key), { manifest, digest, state, stats });
  }
  return recovered;
}

/** What the records of a run say alike, once: there may be ten thousand, and all are held until the run ends. */
class OneOfEach {
  readonly #steps = new Map<string, PhaseManifest["step"]>();
  readonly #environments = new Map<string, PhaseManifest["environment"]>();
  readonly #commits = new Map<string, PhaseManifest["git"]>();

  manifest(manifest: PhaseManifest): PhaseManifest {
    return {
      ...manifest,
      step: oneOf(this.#steps, manifest.step),
      environment: oneOf(this.#environments, manifest.environment),
      git: oneOf(this.#commits, manifest.git),
    };
  }
}

function oneOf<T>(known: Map<string, T>, value: T): T {
  const text = JSON.stringify(value);
  const first = known.get(text) ?? value;
  known.set(text, first);
  return first;
}

/** What is recovered, as something that can be reused. */
export function asCandidates(
  recovered: ReadonlyMap<string, RecoveredPhase>,
  runDirectory: string,
): ReadonlyMap<string, Candidate> {
  return new Map(
    [...recovered].map(([id, { manifest, digest }]) => {
      const { run, phase, key, finished: committed, fingerprint, outputs } = manifest;
      const directory = phaseDirectory(runDirectory, phase, key);
      return [
        id,
        { run, phase, key, committed, directory, fingerprint: fingerprint.digest, manifest: digest, outputs },
      ];
    }),
  );
}

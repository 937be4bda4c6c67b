import type { SizedDigest } from "../digest/digest-file.ts";
import type { OutputRecord, PhaseManifest } from "../schema/phase-manifest.ts";
import type { FoundOutput } from "./check-outputs.ts";

/** The complete record, its keys in the documented order; tools and people read it from the front. */
export function composeManifest(
  manifest: Omit<PhaseManifest, "outputs" | "finished">,
  outputs: Readonly<Record<string, OutputRecord>>,
  finished: string,
): PhaseManifest {
  return {
    schema: manifest.schema,
    run: manifest.run,
    pipeline: manifest.pipeline,
    phase: manifest.phase,
    key: manifest.key,
    attempt: manifest.attempt,
    step: manifest.step,
    fingerprint: manifest.fingerprint,
    config: manifest.config,
    ...(manifest.item === undefined ? {} : { item: manifest.item }),
    seeds: manifest.seeds,
    services: manifest.services,
    inputs: manifest.inputs,
    outputs,
    metrics: manifest.metrics,
    durability: manifest.durability,
    reused: manifest.reused,
    git: manifest.git,
    environment: manifest.environment,
    env: manifest.env,
    started: manifest.started,
    finished,
  };
}

/** What the manifest says of one output. */
export function outputRecord({ declared }: FoundOutput, { digest, size }: SizedDigest): OutputRecord {
  return { path: `artifacts/${declared.path}`, digest, size, kind: declared.kind, form: declared.form };
}

import { Digest, ErrorRecord } from "@orchestrate/manifests";
import { z } from "@orchestrate/sdk";
import type { Kind } from "./kind.ts";

const git = z.strictObject({ commit: z.string(), dirty: z.boolean() }).nullable();
const instance = { run: z.string(), pipeline: z.string(), phase: z.string(), key: z.string().nullable() };
const step = z.strictObject({ name: z.string(), plugin: z.string(), version: z.string() });

/** Of a run, by its name: that it began, and how it ended. */
export const RunPayload = z.strictObject({
  pipeline: z.string(),
  state: z.string().nullable(),
  status: z.enum(["started", "succeeded", "failed", "interrupted"]),
  profile: z.string().nullable(),
  seed: z.number().int(),
  /** The digest of all results; null where it did not succeed. */
  run_hash: Digest.nullable(),
  git,
});

/** Of a phase instance, by `run/phase` or `run/phase/key`: that it was committed, or failed. */
export const PhasePayload = z.strictObject({
  ...instance,
  status: z.enum(["committed", "failed"]),
  step: step.nullable(),
  /** The digest of its manifest file. */
  manifest: Digest.nullable(),
  fingerprint: Digest.nullable(),
  /** The run that it was reused from. */
  reused: z.string().nullable(),
  started: z.iso.datetime().nullable(),
  /** Input to the digests that it read; of a gathered input there may be several. */
  inputs: z.record(z.string(), z.array(Digest)),
  /** Output to digest. */
  outputs: z.record(z.string(), Digest),
  metrics: z.record(z.string(), z.number()),
  error: ErrorRecord.nullable(),
});

/** Of an artifact, by its digest: which phase made it, or brought it from an earlier run. */
export const ArtifactPayload = z.strictObject({
  ...instance,
  output: z.string(),
  kind: z.string(),
  form: z.enum(["file", "json", "ndjson", "directory"]),
  /** Bytes. */
  size: z.number().int().nonnegative(),
  /** Relative to the run's directory. */
  path: z.string(),
  step,
  reused: z.string().nullable(),
});

/** Of an artifact or a source, by its digest: which phase used it. */
export const LineagePayload = z.strictObject({
  ...instance,
  /** The input that it was wired to. */
  input: z.string(),
  step,
  reused: z.string().nullable(),
  /** Where it came from: `phase.output` of this run, a path outside, or `phase.output` of an earlier run. */
  from: z.union([
    z.strictObject({ phase: z.string(), key: z.string().nullable(), output: z.string() }),
    z.strictObject({ path: z.string() }),
    z.strictObject({ previous: z.string(), run: z.string() }),
  ]),
});

export type RunPayload = z.infer<typeof RunPayload>;
export type PhasePayload = z.infer<typeof PhasePayload>;
export type ArtifactPayload = z.infer<typeof ArtifactPayload>;
export type LineagePayload = z.infer<typeof LineagePayload>;

/** What the engine tells. All of it can be had again from manifests: `orchestrate metadata rebuild`. */
export const engineKinds: readonly Kind[] = [
  { name: "run", summary: "A run began or ended.", payload: RunPayload, retentionDays: null },
  { name: "phase", summary: "A phase was committed, or failed.", payload: PhasePayload, retentionDays: null },
  { name: "artifact", summary: "An artifact was made.", payload: ArtifactPayload, retentionDays: null },
  { name: "lineage", summary: "An artifact or a source was used.", payload: LineagePayload, retentionDays: null },
];

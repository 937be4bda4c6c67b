import { z } from "zod";
import { Digest } from "./digest.ts";

/** Where an input came from: a phase of this run, a path outside, or the newest earlier committed artifact. */
export const InputRecord = z.union([
  z.strictObject({
    phase: z.string(),
    /** The key of the instance, where the phase is fanned out. */
    key: z.string().optional(),
    output: z.string(),
    digest: Digest,
    /** The digest of the manifest file of that phase in this run. */
    manifest: Digest,
  }),
  z.strictObject({ path: z.string(), digest: Digest }),
  z.strictObject({ previous: z.string(), run: z.string(), digest: Digest, manifest: Digest }),
  z.strictObject({
    gather: z.array(
      z.strictObject({ phase: z.string(), key: z.string(), output: z.string(), digest: Digest, manifest: Digest }),
    ),
  }),
]);

/** One artifact: where it lies below the phase's directory, and what it is. */
export const OutputRecord = z.strictObject({
  path: z.string(),
  digest: Digest,
  /** Bytes; of a directory, the sum over its files. */
  size: z.number().int().nonnegative(),
  kind: z.string(),
  form: z.enum(["file", "json", "ndjson", "directory"]),
});

/**
 * The lineage record of a phase instance. In place means: every artifact it names exists with the digest it says. Made
 * when it is first used.
 */
export const PhaseManifest = z.lazy(() =>
  z.strictObject({
    schema: z.literal("orchestrate.manifest/1"),
    run: z.string(),
    pipeline: z.string(),
    phase: z.string(),
    key: z.string().nullable(),
    attempt: z.number().int().positive(),
    step: z.strictObject({ name: z.string(), plugin: z.string(), version: z.string(), code: Digest }),
    fingerprint: z.strictObject({ digest: Digest, parts: z.record(z.string(), Digest) }),
    config: z.json(),
    /** The item of the fan-out that made this instance. */
    item: z.json().optional(),
    seeds: z.record(z.string(), z.number().int().nonnegative()),
    services: z.record(z.string(), z.string()),
    inputs: z.record(z.string(), InputRecord),
    outputs: z.record(z.string(), OutputRecord),
    metrics: z.record(z.string(), z.number()),
    durability: z.enum(["strict", "relaxed"]),
    /** The phase manifest this one was reused from, informatively. */
    reused: z
      .strictObject({ run: z.string(), phase: z.string(), key: z.string().nullable(), manifest: Digest })
      .nullable(),
    git: z.strictObject({ commit: z.string(), dirty: z.boolean() }).nullable(),
    environment: z.strictObject({ node: z.string(), platform: z.string(), arch: z.string() }),
    /** Names of the environment variables that entered the fingerprint. */
    env: z.array(z.string()),
    started: z.iso.datetime(),
    finished: z.iso.datetime(),
  }),
);

export type InputRecord = z.infer<typeof InputRecord>;
export type OutputRecord = z.infer<typeof OutputRecord>;
export type PhaseManifest = z.infer<typeof PhaseManifest>;

import { z } from "zod";
import { Digest } from "./digest.ts";

/** The lineage record of a run, written once all selected phases are committed. Made when it is first used. */
export const RunManifest = z.lazy(() =>
  z.strictObject({
    schema: z.literal("orchestrate.run-manifest/1"),
    run: z.string(),
    pipeline: z.string(),
    /** The digest of the run.json that the run was driven by. */
    document: Digest,
    /** Every committed phase instance, sorted by phase and key. */
    phases: z.array(
      z.strictObject({
        phase: z.string(),
        key: z.string().nullable(),
        fingerprint: Digest,
        /** The digest of the phase's manifest file. */
        manifest: Digest,
        outputs: z.record(z.string(), Digest),
      }),
    ),
    /** Digest of the sorted (phase instance, fingerprint, output digests): equal results, equal hash. */
    run_hash: Digest,
    started: z.iso.datetime(),
    finished: z.iso.datetime(),
  }),
);

export type RunManifest = z.infer<typeof RunManifest>;

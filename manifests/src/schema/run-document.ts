import { z } from "zod";
import { Digest } from "./digest.ts";

/**
 * run.json: what a run is driven by. Written first, never changed; `resume` takes everything from it. Made when it is
 * first used.
 */
export const RunDocument = z.lazy(() =>
  z.strictObject({
    schema: z.literal("orchestrate.run/1"),
    run: z.string(),
    pipeline: z.string(),
    state: z.string().nullable(),
    created: z.iso.datetime(),
    /** The directory that relative paths of the pipeline start from, relative to the run directory where it can be. */
    root: z.string(),
    /** The pipeline file, relative to `root`. */
    file: z.string().nullable(),
    profile: z.string().nullable(),
    overrides: z.array(z.string()),
    seed: z.number().int().nonnegative(),
    durability: z.enum(["strict", "relaxed"]),
    /** How reused artifacts are materialised: `link` (reflink, else hard link, else copy) or `copy`. */
    reuse: z.enum(["link", "copy"]),
    /** The phases that were asked for; their ancestors belong to the run as well. */
    selected: z.array(z.string()),
    /** Phases that must run even where something could be reused. */
    forced: z.array(z.string()),
    /** The pipeline as resolved: profile, overrides and defaults in it. */
    resolved: z.json(),
    /** `previous` inputs as they were pinned when the run began: `phase.output` to what was newest then. */
    previous: z.record(
      z.string(),
      z
        .strictObject({
          run: z.string(),
          path: z.string(),
          digest: Digest,
          manifest: Digest,
          /** When it was committed, and never before what its own run had taken up. */
          committed: z.iso.datetime().optional(),
        })
        .nullable(),
    ),
    steps: z.record(
      z.string(),
      z.strictObject({
        plugin: z.string(),
        version: z.string(),
        code: Digest,
        /** Whether it changes something outside its staging directory. */
        effects: z.enum(["none", "external"]),
        /** Every file and package that the code digest covers. */
        files: z.record(z.string(), z.string()),
      }),
    ),
    git: z.strictObject({ commit: z.string(), dirty: z.boolean() }).nullable(),
    environment: z.strictObject({
      engine: z.string(),
      node: z.string(),
      platform: z.string(),
      arch: z.string(),
      hostname: z.string(),
      cpus: z.number().int(),
    }),
  }),
);

export type RunDocument = z.infer<typeof RunDocument>;

import { z } from "@orchestrate/sdk";
import { EnvironmentName, PhaseDocument, PhaseName, Plain, Services } from "./phase-schema.ts";

const Follow = z.record(
  z.string(),
  z.strictObject({
    with: z.record(z.string(), Plain).optional(),
    secrets: z.array(EnvironmentName).optional(),
    enabled: z.boolean().optional(),
  }),
);

const Options = {
  seed: z
    .number()
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .describe("The seed that all randomness comes from (default 0)."),
  durability: z
    .enum(["strict", "relaxed"])
    .optional()
    .describe(
      "strict (default) syncs to disk before a phase counts as committed; relaxed survives a kill, not a power cut.",
    ),
  reuse: z.enum(["link", "copy"]).optional().describe("How reused artifacts are laid: linked (default) or copied."),
  verify: z.enum(["none", "digest"]).optional().describe("digest: every digest is checked at the end (default none)."),
  concurrency: z
    .number()
    .int()
    .min(1)
    .max(1024)
    .nullable()
    .optional()
    .describe("Attempts at once; null (default): one for each core."),
  services: Services.optional().describe("Who provides the services that steps ask for, by token, for all phases."),
  follow: Follow.optional().describe("Followers that are told of everything that happens in a run, by name."),
};

/** A pipeline as written. */
export const PipelineDocument = z.strictObject({
  $schema: z.string().optional(),
  pipeline: z
    .string()
    .regex(
      /^[A-Za-z][A-Za-z0-9._-]{0,99}$/,
      "must begin with a letter and hold only letters, digits, . _ and -, at most 100",
    )
    .describe("The pipeline's name."),
  description: z.string().optional().describe("What it is for, for people."),
  state: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,100}$/, "must hold only letters, digits, . _ and -, at most 100")
    .optional()
    .describe("Parts the states of one pipeline that is run for several purposes."),
  ...Options,
  phases: z
    .record(PhaseName, PhaseDocument, "must be a map of phases by their name, as { train: { step: vision/train } }")
    .describe("The phases by name: each a step, its config, and what its inputs are wired to."),
});

/** A profile as written: options, and what it lays over the phases of a pipeline, by name or by their step. */
export const ProfileDocument = z.strictObject({
  $schema: z.string().optional(),
  profile: z.string().min(1),
  description: z.string().min(1),
  /** What it is meant for. */
  workload: z.string().min(1),
  tags: z.array(z.string()).default([]),
  ...Options,
  phases: z.record(PhaseName, PhaseDocument.partial()).optional(),
  steps: z.record(z.string(), PhaseDocument.omit({ step: true, inputs: true, outputs: true }).partial()).optional(),
});

export type PipelineDocument = z.infer<typeof PipelineDocument>;
export type ProfileDocument = z.infer<typeof ProfileDocument>;

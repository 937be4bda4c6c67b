import { z } from "@orchestrate/sdk";
import { DURATION, fitsTimer, parseDuration } from "./duration.ts";
import type { Json } from "./pipeline.ts";
import { PHASE_NAME, parseReference } from "./reference.ts";

const Duration = z
  .string()
  .regex(DURATION, { error: "must be a duration such as 500ms, 30s, 10m or 2h", abort: true })
  .refine(fitsTimer, "is longer than a timer can wait: 596h at most");
const Timeout = Duration.refine(
  (text) => !fitsTimer(text) || parseDuration(text) > 0,
  "leaves no time at all; without a timeout there is no limit",
);
const EnvironmentName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be the name of an environment variable");
const PhaseName = z
  .string()
  .regex(PHASE_NAME, "must begin with a letter and hold only letters, digits, - and _, at most 100");
const Name = z
  .string()
  .regex(/^[a-z][A-Za-z0-9_]*$/, "must begin with a lower-case letter and hold only letters, digits and _");
const ReferenceText = z
  .string()
  .refine(
    (text) => parseReference(text) !== undefined,
    "must be phase.output or phase[*].output; a file is wired as { path: … }",
  );
const PhaseOutput = z.string().refine((text) => parseReference(text)?.gather === "one", "must be phase.output");
const RelativePath = z
  .string()
  .regex(/^(?!\/)(?!.*(^|\/)\.\.?(\/|$))(?!.*\/\/).+$/, "must be a relative path below the phase's artifacts");

/** Any JSON. That it is plain was seen when it was loaded, and looking again would double the time of the whole check. */
const Plain = z.unknown() as z.ZodType<Json>;

const Services = z.record(
  z.string(),
  z.union([z.string(), z.strictObject({ use: z.string(), with: Plain.optional() })], {
    error: "must be the name of a provider, or { use: NAME, with: { … } }",
  }),
);

const Follow = z.record(
  z.string(),
  z.strictObject({
    with: z.record(z.string(), Plain).optional(),
    secrets: z.array(EnvironmentName).optional(),
    enabled: z.boolean().optional(),
  }),
);

const Wiring = z.union(
  [ReferenceText, z.strictObject({ path: z.string().min(1) }), z.strictObject({ previous: PhaseOutput })],
  { error: "must be phase.output, phase[*].output, { path: … } or { previous: phase.output }" },
);

const Resources = z.strictObject({
  cpu: z.number().positive().optional(),
  memory: z.number().nonnegative().optional(),
  gpu: z.number().nonnegative().optional(),
});

/** A phase as written. */
export const PhaseDocument = z.strictObject({
  step: z.string().min(1),
  with: z.record(z.string(), Plain).optional(),
  inputs: z.record(Name, Wiring).optional(),
  outputs: z
    .record(
      Name,
      z.union(
        [
          RelativePath,
          z.strictObject({
            path: RelativePath,
            kind: z.string().optional(),
            form: z.enum(["file", "directory"]).optional(),
          }),
        ],
        { error: "must be a path, or { path: …, kind: …, form: … }" },
      ),
    )
    .optional(),
  each: z
    .union([PhaseOutput, z.array(Plain), z.record(z.string(), z.array(Plain).min(1))], {
      error: "must be a list, a map of lists, or phase.output",
    })
    .optional(),
  key: z.string().min(1).optional(),
  after: z.array(PhaseName).optional(),
  enabled: z.boolean().optional(),
  partial: z.boolean().optional(),
  retry: z
    .strictObject({
      attempts: z.number().int().min(1).max(100),
      delay: Duration.optional(),
      maxDelay: Duration.optional(),
    })
    .optional(),
  timeout: Timeout.optional(),
  resources: Resources.optional(),
  services: Services.optional(),
  env: z.array(EnvironmentName).optional(),
  secrets: z.array(EnvironmentName).optional(),
  cache: z.boolean().optional(),
  publish: z.strictObject({ to: z.string().min(1), output: Name }).optional(),
  seedKey: z.string().optional(),
  code: z.array(z.string().min(1)).optional(),
});

const Options = {
  seed: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  durability: z.enum(["strict", "relaxed"]).optional(),
  reuse: z.enum(["link", "copy"]).optional(),
  verify: z.enum(["none", "digest"]).optional(),
  concurrency: z.number().int().min(1).max(1024).nullable().optional(),
  services: Services.optional(),
  follow: Follow.optional(),
};

/** A pipeline as written. */
export const PipelineDocument = z.strictObject({
  $schema: z.string().optional(),
  pipeline: z
    .string()
    .regex(
      /^[A-Za-z][A-Za-z0-9._-]{0,99}$/,
      "must begin with a letter and hold only letters, digits, . _ and -, at most 100",
    ),
  description: z.string().optional(),
  state: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,100}$/, "must hold only letters, digits, . _ and -, at most 100")
    .optional(),
  ...Options,
  phases: z.record(PhaseName, PhaseDocument),
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

export type PhaseDocument = z.infer<typeof PhaseDocument>;
export type PipelineDocument = z.infer<typeof PipelineDocument>;
export type ProfileDocument = z.infer<typeof ProfileDocument>;

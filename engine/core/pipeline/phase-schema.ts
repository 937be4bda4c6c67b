import { z } from "@orchestrate/sdk";
import { DURATION, fitsTimer, parseDuration } from "./duration.ts";
import type { Json } from "./pipeline.ts";
import { PHASE_NAME, parseReference } from "./reference.ts";

const Duration = z
  .string("must be a duration such as 500ms, 30s, 10m or 2h")
  .regex(DURATION, { error: "must be a duration such as 500ms, 30s, 10m or 2h", abort: true })
  .refine(fitsTimer, "is longer than a timer can wait: 596h at most");
const Timeout = Duration.refine(
  (text) => !fitsTimer(text) || parseDuration(text) > 0,
  "leaves no time at all; without a timeout there is no limit",
);
export const EnvironmentName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be the name of an environment variable");
export const PhaseName = z
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

/**
 * Any JSON. That it is plain was seen when it was loaded, and looking again would double the time of the whole check.
 */
export const Plain = z.unknown() as z.ZodType<Json>;

export const Services = z.record(
  z.string(),
  z.union([z.string(), z.strictObject({ use: z.string(), with: Plain.optional() })], {
    error: "must be the name of a provider, or { use: NAME, with: { … } }",
  }),
);

const Wiring = z.union(
  [ReferenceText, z.strictObject({ path: z.string().min(1) }), z.strictObject({ previous: PhaseOutput })],
  { error: "must be phase.output, phase[*].output, { path: … } or { previous: phase.output }" },
);

const Resources = z.strictObject(
  {
    cpu: z.number("must be a number of cores").positive().optional(),
    memory: z.number("must be a number of MiB, as 4096").nonnegative().optional(),
    gpu: z.number("must be a number of accelerators").nonnegative().optional(),
  },
  "must be a map, as { cpu: 2, memory: 4096 }",
);
const NameList = z.array(EnvironmentName, "must be a list of names of environment variables");
const ListOfProduct = z
  .array(
    Plain,
    "must be a list of items; the list that a phase wrote can't be one of several: let that phase write them all",
  )
  .min(1, "must have an item at least");

/** A phase as written. Descriptions are for editors. */
export const PhaseDocument = z.strictObject(
  {
    step: z.string().min(1).describe("The step, as family/name."),
    with: z.record(z.string(), Plain, "must be a map: the step's config").optional().describe("The step's config."),
    inputs: z
      .record(Name, Wiring, "must be a map of the step's inputs, each wired to phase.output or { path: … }")
      .optional()
      .describe("What each input is wired to: phase.output, phase[*].output, { path } or { previous: phase.output }."),
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
        "must be a map of outputs, each a path",
      )
      .optional()
      .describe("Outputs of a step that lets the pipeline name them, as command/run: a path, or { path, kind, form }."),
    each: z
      .union([PhaseOutput, z.array(Plain), z.record(z.string(), ListOfProduct)], {
        error: "must be a list, a map of lists, or phase.output",
      })
      .optional()
      .describe(
        "Fan-out: an instance for each item of a list, of the product of lists, or of a list that a phase wrote.",
      ),
    key: z
      .string()
      .min(1)
      .optional()
      .describe('The name of an instance, as "lr${item.lr}"; else a digest of its item.'),
    after: z
      .array(PhaseName, "must be a list of phases")
      .optional()
      .describe("Phases to wait for without reading from them."),
    enabled: z.boolean().optional().describe("Whether the phase is there (default true)."),
    partial: z
      .boolean()
      .optional()
      .describe("Whether gathers go on with the instances that succeeded (default false)."),
    retry: z
      .strictObject(
        {
          attempts: z.number().int().min(1).max(100),
          delay: Duration.optional(),
          maxDelay: Duration.optional(),
        },
        "must be a map, as { attempts: 3, delay: 10s }",
      )
      .optional()
      .describe("How often a failed attempt is followed by another, and after which wait."),
    timeout: Timeout.optional().describe("How long one attempt may take: 30s, 10m, 2h."),
    resources: Resources.optional().describe("What an attempt takes: cores, MiB of memory, accelerators."),
    services: Services.optional().describe("Who provides the services that the step asks for, by token."),
    env: NameList.optional().describe("Environment variables that the step sees; their values count for reuse."),
    secrets: NameList.optional().describe(
      "Environment variables that the step sees and that are stored and shown nowhere.",
    ),
    cache: z.boolean().optional().describe("false: never reused (default true)."),
    publish: z
      .strictObject({ to: z.string().min(1), output: Name }, "must be a map, as { to: out/table.csv, output: table }")
      .optional()
      .describe("A path, relative to the pipeline, where an output is copied to once the whole run has succeeded."),
    seedKey: z
      .string()
      .optional()
      .describe(
        "Parts this phase's seeds from those of equal steps; in a fan-out it may speak of the item, as `${item.seed}`.",
      ),
    code: z
      .array(z.string().min(1), "must be a list of files")
      .optional()
      .describe("Files of the project that count as code: a change of them makes the phase run again."),
  },
  "must be a map: `step` and what belongs to the phase, indented below its name",
);

export type PhaseDocument = z.infer<typeof PhaseDocument>;

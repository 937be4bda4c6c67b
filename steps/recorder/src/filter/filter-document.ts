import { z } from "@orchestrate/sdk";

/** The newest version of the schema that is understood. */
export const NEWEST_VERSION = 1;

const Exec = z.enum(["trace", "skip", "inherit"]);
/** `deny` is an old name of `redact`. */
const redact = z.enum(["redact", "deny"]).transform(() => "redact" as const);
const Value = z.union([z.enum(["allow", "drop", "inherit"]), redact]);
const PatternAction = z.union([z.enum(["allow", "drop"]), redact]);
const Stream = z.enum(["stdout", "stderr", "stdin", "files"]);

const Pattern = z.strictObject({ selector: z.string(), action: PatternAction, reason: z.string().optional() });

const Rule = z.strictObject({
  selector: z.string(),
  exec: Exec.optional(),
  value_default: Value.optional(),
  reason: z.string().optional(),
  override_redaction: z.boolean().default(false),
  value_patterns: z.array(Pattern).default([]),
});

/** A filter file, schema version 1, as TOML gives it. Unknown keys are errors everywhere. */
export const FilterDocument = z.strictObject({
  meta: z.strictObject({
    name: z.string().trim().min(1, "must not be empty"),
    version: z.number().int().min(1),
    description: z.string().optional(),
    labels: z.array(z.string()).optional(),
  }),
  io: z
    .strictObject({
      capture: z.boolean().default(false),
      streams: z.array(Stream).default([]),
      modes: z.array(z.string()).max(0, "is reserved, and must be empty").default([]),
    })
    .refine(({ capture, streams }) => !capture || streams.length > 0, { message: "capture = true needs streams" })
    .optional(),
  scope: z.strictObject({
    default_exec: Exec,
    default_value_action: Value,
    rules: z.array(Rule).default([]),
  }),
});

export type FilterDocument = z.output<typeof FilterDocument>;

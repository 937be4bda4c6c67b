import { json, ndjson, z } from "@orchestrate/sdk";

export const CheckStatus = z.enum(["pass", "warn", "fail", "error", "skipped"]);
export type CheckStatus = z.infer<typeof CheckStatus>;

/** What came of a check. */
export const CheckResult = z.strictObject({
  type: z.string(),
  name: z.string(),
  status: CheckStatus,
  /** What was seen, in words. */
  detail: z.string(),
  /** What was measured on either side, and by how much they differ; null where it is no number. */
  source: z.number().nullable(),
  target: z.number().nullable(),
  difference: z.number().nullable(),
  /** Of the source's; null where that is 0 and the difference is not. */
  percent: z.number().nullable(),
  /** At most 20 groups, keys or values in which they differ. */
  examples: z.array(z.record(z.string(), z.string().nullable())),
});

export type CheckResult = z.infer<typeof CheckResult>;

export const Results = z.strictObject({
  schema: z.literal("orchestrate.ingest-results/1"),
  source: z.string(),
  target: z.string(),
  /** The gravest of the checks'; `no_checks` where none was enabled. */
  status: z.enum([...CheckStatus.options, "no_checks"]),
  summary: z.strictObject({
    total: z.number().int(),
    passed: z.number().int(),
    warned: z.number().int(),
    failed: z.number().int(),
    errors: z.number().int(),
    skipped: z.number().int(),
  }),
  checks: z.array(CheckResult),
});

export type Results = z.infer<typeof Results>;

export const resultsArtifact = json("results.json", Results, { kind: "ingest/results" });

/** A row in which the sides differ: its key, and the values of either side where it is there. */
export const RowDifference = z.strictObject({
  kind: z.enum(["missing", "unexpected", "changed"]),
  key: z.record(z.string(), z.string().nullable()),
  source: z.record(z.string(), z.string().nullable()).nullable(),
  target: z.record(z.string(), z.string().nullable()).nullable(),
});

export type RowDifference = z.infer<typeof RowDifference>;

export const differencesArtifact = ndjson("differences.ndjson", RowDifference, { kind: "ingest/differences" });

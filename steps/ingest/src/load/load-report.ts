import { json, z } from "@orchestrate/sdk";
import { Drift } from "../guard/drift.ts";
import { PrecisionIssue } from "../guard/precision.ts";

/** What a load did. Equal for every attempt of one load, however often it was killed. */
export const LoadReport = z.strictObject({
  schema: z.literal("orchestrate.ingest-report/1"),
  source: z.string(),
  target: z.string(),
  strategy: z.string(),
  mode: z.string(),
  /** The value behind which it read, and the greatest that it read; null where there is none. */
  after: z.string().nullable(),
  upTo: z.string().nullable(),
  slices: z.array(z.strictObject({ id: z.string(), after: z.string().nullable(), upTo: z.string().nullable() })),
  /** Rows that the source gave; null where it was copied by the tool as a whole. */
  read: z.number().int().min(0),
  written: z.number().int().min(0),
  deleted: z.number().int().min(0),
  drift: z.array(Drift),
  precision: z.array(PrecisionIssue),
});

export type LoadReport = z.infer<typeof LoadReport>;

export const reportArtifact = json("report.json", LoadReport, { kind: "ingest/report" });

import { ndjson, z } from "@orchestrate/sdk";

const count = z.number().int().nonnegative();

/**
 * One batch of an insertion. Counts alone: times would make equal inputs give unequal bytes, and stand in the journal.
 * The JSON Schema is docs/formats/cover-tree-batch.schema.json.
 */
export const TelemetryRecord = z.strictObject({
  schema: z.literal("cover-tree.batch/1"),
  /** Of distance, runtime model and seeds: equal ones mean equal trees of equal points. */
  run_hash: z.string(),
  runtime_digest: z.string(),
  step: z.enum(["build", "insert", "delete"]),
  distance: z.string(),
  conflict: z.string(),
  batch_order: z.string(),
  prefix_schedule: z.string(),
  seeds: z.strictObject({ mis: count, batch_order: count, inducing: count }),
  batch_index: count,
  batch_size: count,
  /** In the tree after the batch. */
  points: count,
  candidates: count,
  selected: count,
  dominated: count,
  conflicts: count,
  rounds: count,
  evaluations: count,
  /** Dominated by candidates; 0 where there are none. */
  domination_ratio: z.number().min(0).max(1),
});
export type TelemetryRecord = z.infer<typeof TelemetryRecord>;

export const telemetryArtifact = ndjson("telemetry.ndjson", TelemetryRecord, { kind: "cover-tree/telemetry" });

import { z } from "@orchestrate/sdk";
import type { Kind } from "./kind.ts";

const count = z.number().int().nonnegative();
const column = z.looseObject({
  name: z.string().min(1),
  data_type: z.string().min(1),
  nullable: z.boolean().optional(),
  precision: count.nullish(),
  scale: z.number().int().nullish(),
  length: count.nullish(),
  position: count.optional(),
});

/** The columns of a table or file as they were found. Further fields are kept as they are. */
export const CatalogSnapshot = z.looseObject({
  schema_fields: z.array(column),
  constraints: z.array(z.looseObject({ name: z.string(), type: z.string() })).optional(),
});

/** How much there is, and how it is spread. */
export const StatisticsSnapshot = z.looseObject({
  row_count: count.nullish(),
  size_bytes: count.nullish(),
  columns: z.record(z.string(), z.looseObject({})).optional(),
});

/** How a snapshot differs from the one before. */
export const CatalogDiff = z.looseObject({
  added: z.array(z.string()),
  removed: z.array(z.string()),
  changed: z.array(z.looseObject({ column: z.string() })),
});

/** How many rows a load moved. */
export const IngestionVolume = z.looseObject({ rows: count, bytes: count.optional() });

/** How a load went. */
export const IngestionRuntime = z.looseObject({
  status: z.string().min(1),
  duration_seconds: z.number().nonnegative().optional(),
  rows: count.optional(),
  error: z.string().max(512).optional(),
});

/** What came of one comparison of two sides. */
export const ReconResult = z.looseObject({
  check: z.string().min(1),
  status: z.enum(["pass", "warn", "fail", "error", "skipped"]),
});

const days = 90;

/** What is known of data that is moved. Schemas are kept for ever, volumes and runtimes for 90 days. */
export const ingestionKinds: readonly Kind[] = [
  { name: "catalog_snapshot", summary: "The columns of a table.", payload: CatalogSnapshot, retentionDays: null },
  { name: "catalog_diff", summary: "How columns changed.", payload: CatalogDiff, retentionDays: null },
  { name: "statistics_snapshot", summary: "Statistics of a table.", payload: StatisticsSnapshot, retentionDays: null },
  { name: "schema_profile", summary: "A profile of a schema.", payload: z.looseObject({}), retentionDays: null },
  { name: "ingestion_volume", summary: "Rows that a load moved.", payload: IngestionVolume, retentionDays: days },
  { name: "ingestion_runtime", summary: "How a load went.", payload: IngestionRuntime, retentionDays: days },
  { name: "recon_result", summary: "What a comparison found.", payload: ReconResult, retentionDays: null },
  { name: "metadata", summary: "Anything else.", payload: z.looseObject({}), retentionDays: null },
];

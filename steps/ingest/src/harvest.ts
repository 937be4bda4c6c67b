import { defineStep, directory, file, json, Metadata, ndjson, z } from "@orchestrate/sdk";
import { DuckDb } from "./duckdb/duckdb.ts";
import { columnsKnown } from "./endpoint/columns-known.ts";
import { Source } from "./endpoint/endpoint.ts";
import { outsideVersion } from "./endpoint/outside-version.ts";
import { previewRows } from "./endpoint/preview-rows.ts";
import { sourceMissing } from "./endpoint/source-missing.ts";
import { compareSchemas, Drift } from "./guard/drift.ts";
import { catalogRecord, diffRecord, statisticsRecord } from "./harvest/catalog.ts";
import { harvestStatistics, statisticsArtifact } from "./harvest/statistics.ts";
import { findSide, makeSide } from "./reconcile/side.ts";
import { schemaArtifact } from "./table/table-schema.ts";

const PreviewRow = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

export default defineStep({
  summary: "Tells what a table is: its columns, how they changed, and what its values are like.",
  config: z.strictObject({
    /** Whether every value is looked at. */
    statistics: z.enum(["full", "none"]).default("full"),
    /** Parts of the histogram of a column of numbers. */
    buckets: z.number().int().min(0).max(1000).default(10),
    /** Rows that are shown. */
    preview: z.number().int().min(0).max(10_000).default(0),
  }),
  inputs: {
    source: file("*").optional(),
    source_files: directory("*").optional(),
    /** What it was the last time: `{ previous: PHASE.schema }`. */
    before: schemaArtifact.optional(),
  },
  outputs: {
    schema: schemaArtifact,
    diff: json("diff.json", z.array(Drift), { kind: "ingest/diff" }),
    statistics: statisticsArtifact.optional(),
    preview: ndjson("preview.ndjson", PreviewRow, { kind: "ingest/preview" }).optional(),
  },
  services: { source: Source, duckdb: DuckDb, metadata: Metadata },
  reads: "external",
  version: async ({ services: { source } }) => outsideVersion([source]),
  async run({ config, inputs, outputs, services, resources, project, secrets, metric, log, signal }) {
    const { source, metadata } = services;
    const duckdb = await services.duckdb.connect(signal, resources.memory);
    const input = inputs.source?.path ?? inputs.source_files?.path;
    const reach = { project, secrets, duckdb, log, signal, input, output: undefined };
    await using open = await source.open(reach);
    const found = await findSide(source, open);
    if (found === undefined) throw sourceMissing(source.label);
    const before = await inputs.before?.read();
    const side = { ...found, schema: columnsKnown(found.schema, before, source.label) };
    const diff = before === undefined ? [] : compareSchemas(before, side.schema);
    await outputs.schema.write(side.schema);
    await outputs.diff.write([...diff]);
    const records = [
      catalogRecord(source.label, side.schema),
      ...(diff.length === 0 ? [] : [diffRecord(source.label, diff)]),
    ];
    if (config.statistics === "full") {
      const { columns } = side.schema;
      const statistics = await harvestStatistics(
        await makeSide(side, columns, duckdb, "source"),
        columns,
        config.buckets,
      );
      await outputs.statistics.write(statistics);
      records.push(statisticsRecord(source.label, statistics));
      metric("rows", statistics.row_count);
    }
    for (const row of await previewRows(open, side.schema, config.preview)) await outputs.preview.append(row);
    await metadata.emitMany(records);
    metric("columns", side.schema.columns.length);
    metric("changes", diff.length);
  },
});

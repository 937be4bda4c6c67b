import { Clock, defineStep, directory, file, Metadata } from "@orchestrate/sdk";
import { DuckDb } from "./duckdb/duckdb.ts";
import { type Endpoint, type Reach, Source, Target } from "./endpoint/endpoint.ts";
import { LoadConfig } from "./load/load-config.ts";
import { loadRecords } from "./load/load-records.ts";
import { reportArtifact } from "./load/load-report.ts";
import { stateArtifact } from "./load/load-state.ts";
import { runLoad } from "./load/run-load.ts";
import { withoutEffects } from "./load/without-effects.ts";
import { writerFor } from "./load/writer-for.ts";
import { Staging } from "./staging/staging.ts";
import { schemaArtifact } from "./table/table-schema.ts";

export default defineStep({
  summary: "Brings what has changed in a source into a target, and remembers how far it came.",
  config: LoadConfig,
  inputs: {
    source: file("*").optional(),
    source_files: directory("*").optional(),
    /** The table as the last load left it, for targets that are artifacts: `{ previous: PHASE.table }`. */
    table: directory("ingest/table").optional(),
    /** `{ previous: PHASE.state }` */
    state: stateArtifact.optional(),
    /** What drift is measured against, in place of the schema that the state remembers. */
    snapshot: schemaArtifact.optional(),
  },
  outputs: {
    table: directory("ingest/table", "table").optional(),
    state: stateArtifact,
    report: reportArtifact,
    schema: schemaArtifact,
  },
  services: { source: Source, target: Target, duckdb: DuckDb, staging: Staging, clock: Clock, metadata: Metadata },
  effects: "external",
  reads: "external",
  async run({
    config,
    inputs,
    outputs,
    services,
    resources,
    project,
    secrets,
    token,
    series,
    progress,
    metric,
    log,
    signal,
  }) {
    const { source, target, staging, clock } = services;
    const duckdb = await services.duckdb.connect(signal, resources.memory);
    const reach = { project, secrets, duckdb, log, signal };
    const input = inputs.source?.path ?? inputs.source_files?.path;
    const opened = (endpoint: Endpoint, of: Pick<Reach, "input" | "output">) =>
      withoutEffects(
        () => endpoint.open({ ...reach, ...of }),
        () => true,
      );
    await using from = await opened(source, { input, output: undefined });
    await using to = await opened(target, { input: inputs.table?.path, output: outputs.table });
    const { state, report } = await withoutEffects(
      async () =>
        runLoad({
          config,
          source: { endpoint: source, open: from },
          target: { endpoint: target, open: to, writer: writerFor(config.strategy, target, to) },
          state: await inputs.state?.read(),
          snapshot: await inputs.snapshot?.read(),
          token,
          series,
          duckdb,
          area: (id) => staging.area(project, id, clock.now()),
          progress,
          log,
          signal,
        }),
      // Where a connection breaks nobody knows what the target has committed.
      ({ category }) => category !== "io",
    );
    await outputs.state.write(state);
    await outputs.report.write(report);
    await outputs.schema.write(state.table);
    await services.metadata.emitMany(loadRecords(state, report));
    metric("read", report.read);
    metric("written", report.written);
    metric("deleted", report.deleted);
  },
});

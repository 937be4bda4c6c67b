import { defineStep, directory, file, Metadata, z } from "@orchestrate/sdk";
import { DuckDb } from "./duckdb/duckdb.ts";
import { Source, Target } from "./endpoint/endpoint.ts";
import { outsideVersion } from "./endpoint/outside-version.ts";
import { stateArtifact } from "./load/load-state.ts";
import { CheckConfig, checkName } from "./reconcile/check-config.ts";
import { differencesArtifact, resultsArtifact } from "./reconcile/check-result.ts";
import { compareSides } from "./reconcile/compare-sides.ts";
import { historyArtifact, withResults } from "./reconcile/history.ts";
import { refuseResults } from "./reconcile/refuse-results.ts";
import { resultRecords } from "./reconcile/result-records.ts";
import { runChecks } from "./reconcile/run-checks.ts";

export default defineStep({
  summary: "Shows whether a target holds what its source holds.",
  config: z
    .strictObject({
      /** The columns that tell rows apart; those that source or target declare where it is left out. */
      key: z.array(z.string().min(1)).default([]),
      checks: z
        .array(CheckConfig)
        .min(1)
        .default(
          [{ type: "row_count" }, { type: "key_uniqueness" }, { type: "checksum" }].map((each) =>
            CheckConfig.parse(each),
          ),
        ),
      /** The gravest result with which the phase still succeeds. */
      tolerate: z.enum(["pass", "warn", "all"]).default("warn"),
    })
    .superRefine(({ checks }, context) => {
      const names = checks.map(checkName);
      const twice = names.findIndex((name, at) => names.indexOf(name) !== at);
      if (twice < 0) return;
      context.addIssue({
        code: "custom",
        path: ["checks", twice],
        message: `two checks are called "${names[twice]}": give one a name`,
      });
    }),
  inputs: {
    source: file("*").optional(),
    source_files: directory("*").optional(),
    /** The table of a load whose target is an artifact. */
    table: directory("ingest/table").optional(),
    target: file("*").optional(),
    /** Wired to the load's state, so that it is waited for. */
    state: stateArtifact.optional(),
    /** What earlier runs measured: `{ previous: PHASE.history }`. */
    history: historyArtifact.optional(),
  },
  outputs: { results: resultsArtifact, differences: differencesArtifact.optional(), history: historyArtifact },
  services: { source: Source, target: Target, duckdb: DuckDb, metadata: Metadata },
  reads: "external",
  version: async ({ services: { source, target } }) => outsideVersion([source, target]),
  async run({ config, inputs, outputs, services, resources, project, secrets, progress, metric, log, signal }) {
    const { source, target } = services;
    const duckdb = await services.duckdb.connect(signal, resources.memory);
    const reach = { project, secrets, duckdb, log, signal, output: undefined };
    await using from = await source.open({ ...reach, input: inputs.source?.path ?? inputs.source_files?.path });
    await using to = await target.open({ ...reach, input: inputs.table?.path ?? inputs.target?.path });
    const history = await inputs.history?.read();
    const comparison = await compareSides(
      { endpoint: source, open: from },
      { endpoint: target, open: to },
      config.key,
      duckdb,
    );
    for (const [side, names] of Object.entries(comparison.alone)) {
      if (names.length > 0) log.warn(`Only the ${side} has ${names.join(", ")}: compared with nothing.`);
    }
    const { results, rows } = await runChecks(comparison, config.checks, {
      history: history?.measured ?? {},
      onCheck: (done, { name, status, detail }) => {
        progress(done, config.checks.length, name);
        log[status === "pass" || status === "skipped" ? "info" : "warn"](`${status} ${name}: ${detail}`);
      },
      signal,
    });
    await outputs.results.write(results);
    await outputs.history.write(withResults(history, results));
    for (const row of rows) await outputs.differences.append(row);
    await services.metadata.emitMany(resultRecords(results));
    for (const name of ["passed", "warned", "failed", "errors", "skipped"] as const)
      metric(name, results.summary[name]);
    refuseResults(results, config.tolerate);
  },
});

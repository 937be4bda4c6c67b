import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeConformance, runStep } from "@orchestrate/sdk/testing";
import { afterAll, describe, it } from "vitest";
import type { DuckDb } from "./duckdb/duckdb.ts";
import embedded from "./duckdb/embedded.ts";
import csv from "./endpoints/csv.ts";
import parquet from "./endpoints/parquet.ts";
import sqlite from "./endpoints/sqlite.ts";
import { provided } from "./fixtures/warehouse.ts";
import generate from "./generate.ts";
import harvest from "./harvest.ts";
import load from "./load.ts";
import map from "./map.ts";
import reconcile from "./reconcile.ts";
import directory from "./staging/directory.ts";

const project = realpathSync(mkdtempSync(join(tmpdir(), "orchestrate-ingest-")));
const opened: DuckDb[] = [];
afterAll(() => {
  for (const each of opened) each.close();
  rmSync(project, { recursive: true });
});

const typed = { types: { credit: "decimal(12,2)" } };

async function services() {
  const duckdb = await provided(embedded, { threads: 2 });
  opened.push(duckdb);
  return { source: await provided(csv, typed), duckdb };
}

describe("the conformance suite passes", () => {
  it("ingest/generate", () => describeConformance(generate, { config: { rows: 50, day: 3 } }));

  it("ingest/load into files, ingest/reconcile and ingest/harvest of what it loaded", async () => {
    using made = await runStep(generate, { config: { rows: 500 } });
    const source = { path: made.outputs.csv.path };
    const base = await services();
    const into = {
      ...base,
      target: await provided(parquet, { partitionBy: ["country"] }),
      staging: await provided(directory, {}),
    };
    const config = {
      changes: { mode: "cursor" as const, column: "updated_at" },
      strategy: "scd1" as const,
      key: ["id"],
    };
    await describeConformance(load, { config, project, services: into, inputs: { source } });
    await describeConformance(load, {
      config: { changes: { mode: "full" as const }, strategy: "full" as const },
      project,
      services: into,
      inputs: { source },
    });
    using loaded = await runStep(load, { config, project, services: into, inputs: { source } });
    const table = { path: loaded.outputs.table!.path };
    await describeConformance(reconcile, {
      config: { key: ["id"] },
      services: { ...base, target: into.target },
      inputs: { source, table },
    });
    await describeConformance(harvest, { config: { preview: 3 }, services: base, inputs: { source } });
  });

  it("ingest/load into a database", async () => {
    using made = await runStep(generate, { config: { rows: 500 } });
    const target = await provided(sqlite, { database: "target.sqlite", table: "customers" });
    await describeConformance(load, {
      config: { changes: { mode: "cursor", column: "updated_at" }, strategy: "scd2", key: ["id"] },
      project,
      services: { ...(await services()), target, staging: await provided(directory, {}) },
      inputs: { source: { path: made.outputs.csv.path } },
    });
  });

  it("ingest/map", () =>
    describeConformance(map, {
      config: { family: "jira", unit: "issues" },
      inputs: { units: { rows: [{ id: "1", key: "A-1", fields: { summary: "One" } }] } },
    }));

  it("ingest/staging and ingest/duckdb", async () => {
    await describeConformance(directory);
    await describeConformance(embedded, { options: { threads: 1 } });
  });
});

import { runStep } from "@orchestrate/sdk/testing";
import { expect, it } from "vitest";
import csv from "../endpoints/csv.ts";
import parquet from "../endpoints/parquet.ts";
import { provided } from "../fixtures/warehouse.ts";
import harvest from "../harvest.ts";
import load from "../load.ts";
import reconcile from "../reconcile.ts";
import directory from "../staging/directory.ts";
import type { DuckDb } from "./duckdb.ts";

it("is told to the database by every step that has one", async () => {
  const granted: unknown[] = [];
  const duckdb: DuckDb = {
    async connect(_, memory) {
      granted.push(memory);
      throw new Error("That is all that was to be seen.");
    },
    close() {},
  };
  const resources = { memory: 600 };
  const source = await provided(csv, {});
  const target = await provided(parquet, {});
  await runStep(harvest, { config: {}, resources, services: { source, duckdb } });
  await runStep(reconcile, { config: { key: ["id"] }, resources, services: { source, target, duckdb } });
  await runStep(load, {
    config: { changes: { mode: "full" }, strategy: "full" },
    resources,
    services: { source, target, duckdb, staging: await provided(directory, {}) },
  });
  expect(granted).toEqual([600, 600, 600]);
});

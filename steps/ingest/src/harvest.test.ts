import { runStep } from "@orchestrate/sdk/testing";
import { describe, expect, it } from "vitest";
import embedded from "./duckdb/embedded.ts";
import csv from "./endpoints/csv.ts";
import { provided } from "./fixtures/warehouse.ts";
import harvest from "./harvest.ts";

async function harvested(text: string, before?: unknown) {
  const duckdb = await provided(embedded, { threads: 1 });
  const result = await runStep(harvest, {
    config: { buckets: 4, preview: 1 },
    inputs: { source: { text }, ...(before === undefined ? {} : { before: { json: before } }) },
    services: { source: await provided(csv, { key: ["id"] }), duckdb },
  });
  duckdb.close();
  if (result.error !== undefined) throw result.error;
  return result;
}

describe("ingest/harvest", () => {
  it("tells columns, values and what stands out", async () => {
    const { outputs } = await harvested("id,name,born\n1,rope,2020-01-31\n2,,\n3,tar,\n8,oar,\n");
    expect(outputs.statistics?.json()).toMatchObject({
      row_count: 4,
      columns: {
        id: { null_count: 0, distinct_count: 4, min_value: "1", max_value: "8", digits: 1, histogram: [2, 1, 0, 1] },
        name: {
          null_count: 1,
          min_value: "oar",
          max_value: "tar",
          min_length: 3,
          max_length: 4,
          avg_length: 3.333,
          histogram: null,
        },
        born: { null_count: 3, min_value: "2020-01-31" },
      },
      quality: [{ column: "born", flag: "high_null_ratio" }],
    });
    expect(outputs.preview?.rows()).toEqual([{ id: 1, name: "rope", born: "2020-01-31" }]);
    expect(outputs.metadata?.rows().map((record) => (record as { kind: string }).kind)).toEqual([
      "catalog_snapshot",
      "statistics_snapshot",
    ]);
  });

  it("tells how the columns have changed", async () => {
    const first = await harvested("id,name\n1,rope\n");
    const { outputs, metrics } = await harvested("id,size\n1,2.5\n", first.outputs.schema.json());
    expect(outputs.diff.json()).toMatchObject([
      { kind: "new", column: "size" },
      { kind: "missing", column: "name" },
    ]);
    expect(metrics.changes).toBe(2);
    expect(outputs.metadata?.rows()[1]).toMatchObject({
      kind: "catalog_diff",
      payload: { added: ["size"], removed: ["name"] },
    });
  });
});

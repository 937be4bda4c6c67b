import { definePipeline } from "@orchestrate/sdk";
import { describe, expect, it } from "vitest";
import type {} from "./types.ts";

const shop = { step: "ingest/generate", with: { rows: 10 } } as const;

describe("the steps' types", () => {
  it("let a load go on from its own state", () => {
    const pipeline = definePipeline({
      pipeline: "warehouse",
      phases: {
        shop,
        load: {
          step: "ingest/load",
          with: { changes: { mode: "cursor", column: "changed" }, strategy: "scd1" },
          inputs: { source: "shop.csv", state: { previous: "load.state" }, table: { previous: "load.table" } },
        },
        agree: { step: "ingest/reconcile", inputs: { source: "shop.csv", table: "load.table", state: "load.state" } },
      },
    });
    expect(Object.keys(pipeline.phases)).toEqual(["shop", "load", "agree"]);
  });

  it("refuse a mode that does not exist, and a table that is none", () => {
    const mode = definePipeline({
      pipeline: "mode",
      // @ts-expect-error there is no such mode.
      phases: { load: { step: "ingest/load", with: { changes: { mode: "guess" }, strategy: "full" } } },
    });
    const table = definePipeline({
      pipeline: "table",
      phases: {
        shop,
        // @ts-expect-error a file is no table.
        agree: { step: "ingest/reconcile", inputs: { table: "shop.csv" } },
      },
    });
    expect([mode, table].map(({ pipeline }) => pipeline)).toEqual(["mode", "table"]);
  });
});

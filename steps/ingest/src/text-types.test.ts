import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runStep } from "@orchestrate/sdk/testing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import embedded from "./duckdb/embedded.ts";
import type { Endpoint } from "./endpoint/endpoint.ts";
import csv from "./endpoints/csv.ts";
import ndjson from "./endpoints/ndjson.ts";
import parquet from "./endpoints/parquet.ts";
import sqlite from "./endpoints/sqlite.ts";
import { duckRows, provided, sqliteRows, Warehouse } from "./fixtures/warehouse.ts";
import type { LoadState } from "./load/load-state.ts";
import reconcile from "./reconcile.ts";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "orchestrate-text-types-")));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function loaded(source: Endpoint): Promise<Warehouse> {
  const target = await provided(sqlite, { database: "target.sqlite", table: "goods" });
  const config = { changes: { mode: "cursor", column: "at" } as const, strategy: "scd1" as const, key: ["id"] };
  const warehouse = new Warehouse(root, { source, target, config });
  await warehouse.loaded();
  return warehouse;
}

const rows = (columns: string) => sqliteRows(join(root, "target.sqlite"), `SELECT ${columns} FROM goods ORDER BY id`);

describe("a time that tells its zone, on a machine in New York", () => {
  const before = process.env.TZ;
  beforeAll(() => {
    process.env.TZ = "America/New_York";
  });
  afterAll(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });

  const lines = ["2026-01-01T12:00:00+02:00", "2026-01-01T10:30:00Z", "2026-01-01T11:00:00"];
  const expected = ["2026-01-01 10:00:00", "2026-01-01 10:30:00", "2026-01-01 11:00:00"].map((at) => [at]);
  const zoned = lines.slice(0, 2);

  it.each([
    [csv, {}, zoned],
    [csv, { at: "timestamp" }, lines],
    [ndjson, {}, lines.slice(0, 1)],
    [ndjson, { at: "timestamp" }, lines],
  ] as const)("in a text is one of UTC", async (provider, types, written) => {
    const isCsv = provider === csv;
    const text = written.map((at, id) => (isCsv ? `${id},${at}` : JSON.stringify({ id, at })));
    const path = isCsv ? "goods.csv" : "goods.ndjson";
    writeFileSync(join(root, path), `${(isCsv ? ["id,at", ...text] : text).join("\n")}\n`);
    await loaded(await provided(provider, { path, types }));
    expect(rows("at")).toEqual(expected.slice(0, written.length));
  });

  it("in Parquet is one of UTC", async () => {
    const at = "TIMESTAMPTZ '2026-01-01 12:00:00+02'";
    await duckRows(`COPY (SELECT 1 AS id, ${at} AS at) TO '${root}/goods.parquet' (FORMAT parquet)`);
    await loaded(await provided(parquet, { path: "goods.parquet" }));
    expect(rows("at")).toEqual(expected.slice(0, 1));
  });
});

describe("NDJSON without a row", () => {
  const sweep = {
    changes: { mode: "cursor+key-sweep", column: "at" } as const,
    strategy: "scd1" as const,
    key: ["id"],
  };

  it("has the columns that are declared, and none of its own", async () => {
    writeFileSync(join(root, "goods.ndjson"), "");
    const types = { id: "bigint", at: "timestamp" };
    const warehouse = await loaded(await provided(ndjson, { path: "goods.ndjson", types }));
    writeFileSync(join(root, "goods.ndjson"), '{"id":1,"at":"2026-01-01 00:00:00"}\n');
    expect(await warehouse.loaded()).toMatchObject({ read: 1 });
    expect(rows("*")).toEqual([["1", "2026-01-01 00:00:00"]]);
  });

  it("is one of the columns of the load before, and else of none that anybody tells", async () => {
    const file = join(root, "goods.ndjson");
    writeFileSync(file, "");
    await expect(loaded(await provided(ndjson, { path: "goods.ndjson" }))).rejects.toMatchObject({
      code: "source-empty",
      detail: "The source ndjson:goods.ndjson has no rows, and nothing else tells its columns.",
    });
    writeFileSync(file, '{"id":1,"at":"2026-01-01 00:00:00"}\n');
    const warehouse = await loaded(await provided(ndjson, { path: "goods.ndjson" }));
    writeFileSync(file, "");
    expect(await warehouse.loaded()).toMatchObject({ read: 0, drift: [] });
    expect(await warehouse.loaded({ config: sweep })).toMatchObject({ written: 0, deleted: 1 });
  });

  it("agrees with a table without rows, and not with another", async () => {
    const file = join(root, "goods.ndjson");
    writeFileSync(file, '{"id":1,"at":"2026-01-01 00:00:00"}\n');
    const source = await provided(ndjson, { path: "goods.ndjson" });
    const warehouse = await loaded(source);
    writeFileSync(file, "");
    const compared = async () => {
      const duckdb = await provided(embedded, { threads: 1 });
      const services = { source, target: warehouse.parts.target, duckdb };
      const { error } = await runStep(reconcile, { config: { key: ["id"] }, project: root, services });
      duckdb.close();
      return error;
    };
    expect(await compared()).toMatchObject({ code: "reconcile-failed" });
    await warehouse.loaded({ config: sweep });
    expect(await compared()).toBeUndefined();
  });
});

describe("NDJSON whose types are not declared, or not all", () => {
  const LINES = [
    {
      id: 1,
      name: "a",
      price: 1.25,
      big: 9007199254740993n,
      at: "2026-01-01 00:00:00",
      on: true,
      tags: ["x"],
      of: { b: 1 },
    },
    { id: 2, name: null, price: null, big: null, at: "2026-01-02 00:00:00", on: false, tags: [], of: null },
  ];
  const text = LINES.map((line) =>
    JSON.stringify(line, (_, value) => (typeof value === "bigint" ? `#${value}#` : value)).replace(/"#(\d+)#"/, "$1"),
  ).join("\n");

  it.each([
    [{}, "float"],
    [{ PRICE: "decimal(6, 2)" }, "decimal"],
  ])("keeps every column, each as what it holds: %j", async (types, price) => {
    writeFileSync(join(root, "goods.ndjson"), `${text}\n`);
    const warehouse = await loaded(await provided(ndjson, { path: "goods.ndjson", types }));
    const state = JSON.parse(readFileSync(warehouse.state!, "utf8")) as LoadState;
    expect(state.table.columns.map(({ name, type }) => `${name} ${type.type}`)).toEqual([
      "id integer",
      "name text",
      `price ${price}`,
      "big integer",
      "at timestamp",
      "on boolean",
      "tags json",
      "of json",
    ]);
    expect(rows('id, name, CAST(price AS REAL), CAST(big AS TEXT), "on", tags, "of"')).toEqual([
      ["1", "a", "1.25", "9007199254740993", "1", '["x"]', '{"b":1}'],
      ["2", null, null, null, "0", "[]", null],
    ]);
  });

  it("takes texts, numbers and truth values in one column for texts, and objects among them for documents", async () => {
    let clock = 1;
    const write = (...zips: readonly unknown[]) => {
      const lines = zips.map((zip, id) => `${JSON.stringify({ id, zip, at: clock++ })}\n`);
      writeFileSync(join(root, "goods.ndjson"), lines.join(""));
    };
    write("01234");
    const warehouse = await loaded(await provided(ndjson, { path: "goods.ndjson" }));
    write("01234", 75001, true, null);
    await warehouse.loaded();
    expect(rows("zip")).toEqual([["01234"], ["75001"], ["true"], [null]]);
    write({ code: 1 });
    await warehouse.loaded();
    expect(rows("zip")[0]).toEqual(['{"code":1}']);
  });
});

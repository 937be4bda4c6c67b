import { randomUUID } from "node:crypto";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { runStep } from "@orchestrate/sdk/testing";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import embedded from "./duckdb/embedded.ts";
import type { Endpoint } from "./endpoint/endpoint.ts";
import csv from "./endpoints/csv.ts";
import parquet from "./endpoints/parquet.ts";
import postgres from "./endpoints/postgres.ts";
import sqlite from "./endpoints/sqlite.ts";
import { duckRows, type Parts, provided, sqliteRows, Warehouse } from "./fixtures/warehouse.ts";
import type { Results } from "./reconcile/check-result.ts";
import reconcile from "./reconcile.ts";

const URL_OF_TEST = process.env.ORCHESTRATE_TEST_POSTGRES;
const config = (strategy: "scd1" | "scd2"): Parts["config"] => ({
  changes: { mode: "cursor", column: "changed" },
  key: ["id"],
  strategy,
});
const ROWS = [
  ["1", "00ff5c78"],
  ["2", "00ff5c78"],
  ["3", null],
];

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "orchestrate-bytes-")));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A table whose column is first of one type, then of the other, loaded before and after. */
async function loadedTwice(parts: Omit<Parts, "source">, types: readonly ("BLOB" | "TEXT")[]): Promise<Warehouse> {
  const source = await provided(sqlite, { database: "shop.sqlite", table: "goods" });
  const warehouse = new Warehouse(root, { ...parts, source });
  for (const [at, type] of types.entries()) {
    using shop = new DatabaseSync(join(root, "shop.sqlite"));
    const bytes = type === "BLOB" ? "x'00FF5C78'" : "'00ff5c78'";
    shop.exec(`DROP TABLE IF EXISTS goods; CREATE TABLE goods (id BIGINT, bytes ${type}, changed BIGINT);
      INSERT INTO goods VALUES (${at + 1}, ${bytes}, ${at * 10 + 2}), (3, NULL, ${at * 10 + 1})`);
    await warehouse.loaded();
  }
  return warehouse;
}

const orders = [
  ["BLOB", "TEXT"],
  ["TEXT", "BLOB"],
] as const;

describe.each(orders)("a column that is %s and then %s holds bytes as hexadecimal digits", (...types) => {
  const files: readonly (readonly [string, () => Promise<Endpoint>, string])[] = [
    ["parquet", () => provided(parquet, {}), "*.parquet"],
    ["parquet in parts", () => provided(parquet, { partitionBy: ["id"] }), "*/*.parquet"],
    ["csv", () => provided(csv, {}), "*.csv"],
  ];
  it.each(files)("in %s", async (_name, target, pattern) => {
    const parts = { target: await target(), config: config("scd1") };
    const { table } = await loadedTwice(parts, types);
    const from = pattern.endsWith(".csv")
      ? `read_csv('${table}/${pattern}', types={bytes: VARCHAR})`
      : `read_parquet('${table}/${pattern}', hive_partitioning=false)`;
    expect(await duckRows(`SELECT id, bytes FROM ${from} ORDER BY id`)).toEqual(ROWS);
  });

  it("in a history", async () => {
    const target = await provided(parquet, {});
    const { table } = await loadedTwice({ target, config: config("scd2") }, types);
    const query = `SELECT DISTINCT id, bytes FROM read_parquet('${table}/*.parquet') ORDER BY id`;
    expect(await duckRows(query)).toEqual(ROWS);
  });

  it("in SQLite", async () => {
    const target = await provided(sqlite, { database: "target.sqlite", table: "goods" });
    await loadedTwice({ target, config: config("scd1") }, types);
    const query = "SELECT id, bytes FROM goods ORDER BY id";
    expect(sqliteRows(join(root, "target.sqlite"), query)).toEqual(ROWS);
  });

  it.skipIf(URL_OF_TEST === undefined)("in PostgreSQL (needs ORCHESTRATE_TEST_POSTGRES)", async () => {
    const table = `bytes_${randomUUID().slice(0, 8)}`;
    const target = await provided(postgres, { urlSecret: "URL", table });
    const parts = { target, config: config("scd1"), secrets: { URL: URL_OF_TEST! } };
    await loadedTwice(parts, types);
    const client = new Client({ connectionString: URL_OF_TEST! });
    await client.connect();
    const query = { text: `SELECT id::text, bytes FROM ${table} ORDER BY id`, rowMode: "array" } as const;
    const { rows } = await client.query(query);
    await client.query(`DROP TABLE ${table}`);
    await client.end();
    expect(rows).toEqual(ROWS);
  });
});

describe("ingest/reconcile", () => {
  it("compares bytes with text as their hexadecimal digits", async () => {
    using both = new DatabaseSync(join(root, "both.sqlite"));
    both.exec("CREATE TABLE mine (id BIGINT, bytes BLOB); CREATE TABLE theirs (id BIGINT, bytes TEXT)");
    both.exec("INSERT INTO mine VALUES (1, x'00FF5C78'), (2, x''), (3, NULL)");
    both.exec("INSERT INTO theirs VALUES (1, '00ff5c78'), (2, ''), (3, NULL)");
    const side = (table: string) => provided(sqlite, { database: "both.sqlite", table });
    const statuses = async () => {
      const duckdb = await provided(embedded, { threads: 1 });
      using result = await runStep(reconcile, {
        config: { key: ["id"], checks: [{ type: "checksum" }, { type: "differences" }], tolerate: "all" },
        project: root,
        services: { source: await side("mine"), target: await side("theirs"), duckdb },
      });
      duckdb.close();
      return (result.outputs.results.json() as Results).checks.map(({ status }) => status);
    };
    expect(await statuses()).toEqual(["pass", "pass"]);
    both.exec("UPDATE theirs SET bytes = '00' WHERE id = 2");
    expect(await statuses()).toEqual(["fail", "fail"]);
  });
});

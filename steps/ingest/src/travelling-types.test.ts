import { randomUUID } from "node:crypto";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Endpoint } from "./endpoint/endpoint.ts";
import csv from "./endpoints/csv.ts";
import ndjson from "./endpoints/ndjson.ts";
import parquet from "./endpoints/parquet.ts";
import postgres from "./endpoints/postgres.ts";
import sqlite from "./endpoints/sqlite.ts";
import { duckRows, type Parts, provided, sqliteRows, Warehouse } from "./fixtures/warehouse.ts";
import { harvestStatistics, type TableStatistics } from "./harvest/statistics.ts";
import type { LoadState } from "./load/load-state.ts";
import { findSide, makeSide } from "./reconcile/side.ts";
import { opened } from "./testing/endpoint-example.ts";

const URL_OF_TEST = process.env.ORCHESTRATE_TEST_POSTGRES;
const config: Parts["config"] = { changes: { mode: "cursor", column: "changed" }, strategy: "scd1", key: ["id"] };
const [ONE, TWO] = ["018f4e1c-8a2b-7c3d-9e4f-0123456789ab", "ffffffff-ffff-4fff-bfff-ffffffffffff"];
const ROWS = [
  [ONE, '{"a": [1, 2.50],"b":"é"}', "00ff5c78", "1"],
  [TWO, null, "", "2"],
];
const TYPES = { id: "uuid", doc: "json", bytes: "binary", changed: "integer" };
const NAMES = Object.keys(TYPES);

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "orchestrate-types-")));
  using shop = new DatabaseSync(join(root, "shop.sqlite"));
  shop.exec("CREATE TABLE goods (id UUID PRIMARY KEY, doc JSON, bytes BLOB, changed BIGINT)");
  const insert = shop.prepare("INSERT INTO goods VALUES (?, ?, unhex(?), ?)");
  for (const row of ROWS) insert.run(...row);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const goods = () => provided(sqlite, { database: "shop.sqlite", table: "goods" });

async function harvested(endpoint: Endpoint): Promise<TableStatistics> {
  const example = { secrets: { URL: URL_OF_TEST! }, cursor: "changed" };
  return opened(endpoint, example, async (open, { duckdb }) => {
    const found = (await findSide(endpoint, open))!;
    const { columns } = found.schema;
    return harvestStatistics(await makeSide(found, columns, duckdb, "source"), columns, 0);
  });
}

describe("UUIDs, JSON and bytes travel as what they are", () => {
  it("into SQLite", async () => {
    const target = await provided(sqlite, { database: "target.sqlite", table: "goods" });
    await new Warehouse(root, { source: await goods(), target, config }).loaded();
    const rows = sqliteRows(
      join(root, "target.sqlite"),
      "SELECT id, doc, lower(hex(bytes)), changed FROM goods ORDER BY id",
    );
    expect(rows).toEqual(ROWS);
  });

  it("into Parquet, and again where a key is there", async () => {
    const warehouse = new Warehouse(root, { source: await goods(), target: await provided(parquet, {}), config });
    await warehouse.loaded();
    using shop = new DatabaseSync(join(root, "shop.sqlite"));
    shop.exec(`UPDATE goods SET bytes = x'01', changed = 3 WHERE id = '${TWO}'`);
    await warehouse.loaded();
    const from = `read_parquet('${warehouse.table}/*.parquet')`;
    const types = await duckRows(`SELECT column_type FROM (DESCRIBE SELECT * FROM ${from})`);
    expect(types.flat()).toEqual(["UUID", "JSON", "BLOB", "BIGINT"]);
    expect(await duckRows(`SELECT id, doc, lower(hex(bytes)), changed FROM ${from} ORDER BY changed`)).toEqual([
      ROWS[0],
      [TWO, null, "01", "3"],
    ]);
  });

  it.each([
    ["csv", csv, ["id", "doc", "bytes", "changed"]],
    ["ndjson", ndjson, ["id", "doc", "changed"]],
  ] as const)("into %s, and out of it again", async (_name, provider, columns) => {
    const there = new Warehouse(join(root, "there"), {
      source: await provided(sqlite, { database: "../shop.sqlite", table: "goods" }),
      target: await provided(provider, {}),
      config: { ...config, columns: [...columns] },
    });
    await there.loaded();
    const back = await provided(provider, { path: there.table });
    const target = await provided(sqlite, { database: "back.sqlite", table: "goods" });
    const result = await new Warehouse(root, { source: back, target, config }).load();
    expect(result.error).toBeUndefined();
    const { table } = result.outputs.state.json() as LoadState;
    expect(table.columns.map(({ type }) => type.type)).toEqual(columns.map((name) => TYPES[name]));
    const hex = columns.map((name) => (name === "bytes" ? "lower(hex(bytes))" : name));
    const [one, two] = sqliteRows(join(root, "back.sqlite"), `SELECT ${hex.join(", ")} FROM goods ORDER BY changed`);
    // NDJSON holds a document as one, and no longer as text.
    expect(JSON.parse(one![1]!)).toEqual(JSON.parse(ROWS[0]![1]!));
    const [first, second] = ROWS.map((row) => row.filter((_, at) => columns.includes(NAMES[at]! as "id")));
    expect([one!.toSpliced(1, 1), two]).toEqual([first!.toSpliced(1, 1), second]);
  });

  it("but bytes not into ndjson, which says so before it writes anything", async () => {
    const { error } = await new Warehouse(root, {
      source: await goods(),
      target: await provided(ndjson, {}),
      config,
    }).load();
    expect(error).toMatchObject({
      code: "column-unsuitable",
      detail: 'The column "bytes" is binary, which ndjson can\'t hold.',
      hint: "Leave it out by columns, or load into parquet, csv or a database.",
    });
  });

  it.skipIf(URL_OF_TEST === undefined)(
    "through PostgreSQL, by a key sweep, with what has no counterpart beside them (needs ORCHESTRATE_TEST_POSTGRES)",
    async () => {
      const client = new Client({ connectionString: URL_OF_TEST! });
      await client.connect();
      const [here, there] = [1, 2].map((n) => `types_${n}_${randomUUID().slice(0, 8)}`) as [string, string];
      const made = (name: string) =>
        client.query(
          `CREATE TABLE ${name} (id uuid PRIMARY KEY, doc json, bytes bytea, born date, span interval, changed bigint)`,
        );
      await made(here);
      await made(there);
      const values = ROWS.map(([id, doc, bytes, changed]) => [id, doc, `\\x${bytes}`, "2026-01-31", "1 day", changed]);
      for (const row of values) await client.query(`INSERT INTO ${here} VALUES ($1, $2, $3, $4, $5, $6)`, row);
      const options = { urlSecret: "URL" };
      const warehouse = new Warehouse(root, {
        source: await provided(postgres, { ...options, table: here }),
        target: await provided(postgres, { ...options, table: there }),
        secrets: { URL: URL_OF_TEST! },
        config: { changes: { mode: "cursor+key-sweep", column: "changed" }, strategy: "scd1", key: ["id", "born"] },
      });
      await client.query(`ALTER TABLE ${there} DROP CONSTRAINT ${there}_pkey, ADD PRIMARY KEY (id, born)`);
      await warehouse.loaded();
      const late = ["00000000-0000-4000-8000-000000000000", "[]", "\\x07", "2026-02-01", "00:00:01", 0];
      await client.query(`INSERT INTO ${here} VALUES ($1, $2, $3, $4, $5, $6)`, late);
      expect(await warehouse.loaded()).toMatchObject({ written: 1 });
      const statistics = await harvested(await provided(postgres, { ...options, table: there }));
      expect(statistics.columns).toMatchObject({
        id: { distinct_count: 3, min_value: late[0], max_value: TWO, min_length: null },
        doc: { null_count: 1, min_value: "[]", max_length: 24 },
        bytes: { min_value: "", max_value: "07", min_length: null },
        span: { max_value: "1 day" },
      });
      const rowsOf = async (name: string) =>
        (await client.query({ text: `SELECT *, span::text FROM ${name} ORDER BY id`, rowMode: "array" })).rows;
      expect(await rowsOf(there)).toEqual(await rowsOf(here));
      expect(await rowsOf(there)).toHaveLength(3);
      await client.query(`DROP TABLE ${here}, ${there}`);
      await client.end();
    },
  );

  it("but not as a key or a cursor, where they have no order", async () => {
    const target = await provided(sqlite, { database: "target.sqlite", table: "goods" });
    const refused = async (parts: object) =>
      (await new Warehouse(root, { source: await goods(), target, config: { ...config, ...parts } }).load()).error;
    expect(await refused({ key: ["doc"] })).toMatchObject({
      code: "column-unsuitable",
      detail: 'The config names the column "doc" in key, which is json: rows can\'t be told apart or ordered by it.',
      hint: "Name another column, or load from a view that shows it as text.",
    });
    expect(await refused({ changes: { mode: "cursor", column: "bytes" } })).toMatchObject({
      detail:
        'The config names the column "bytes" in changes, which is binary: rows can\'t be told apart or ordered by it.',
    });
  });
});

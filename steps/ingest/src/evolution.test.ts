import { globSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import csv from "./endpoints/csv.ts";
import ndjson from "./endpoints/ndjson.ts";
import parquet from "./endpoints/parquet.ts";
import sqlite from "./endpoints/sqlite.ts";
import { duckRows, provided, sqliteRows, Warehouse } from "./fixtures/warehouse.ts";

let root: string;
let shop: DatabaseSync;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "orchestrate-evolution-")));
  shop = new DatabaseSync(join(root, "shop.sqlite"));
});
afterEach(() => {
  shop.close();
  rmSync(root, { recursive: true, force: true });
});

const goods = () => provided(sqlite, { database: "shop.sqlite", table: "goods" });
const config = { changes: { mode: "cursor", column: "changed" } as const, strategy: "scd1" as const, key: ["id"] };

describe.each(["sqlite", "parquet"] as const)("a table in %s", (kind) => {
  it("is widened and added to as its source changes, and keeps what the source has dropped", async () => {
    shop.exec(
      "CREATE TABLE goods (id BIGINT, size SMALLINT, price DECIMAL(6,2), code INTEGER, note TEXT, changed BIGINT)",
    );
    shop.exec("INSERT INTO goods VALUES (1, 1, 1.5, 7, 'kept', 10)");
    const target =
      kind === "sqlite"
        ? await provided(sqlite, { database: "target.sqlite", table: "goods" })
        : await provided(parquet, {});
    const warehouse = new Warehouse(root, { source: await goods(), target, config });
    await warehouse.loaded();
    shop.exec(
      "DROP TABLE goods; CREATE TABLE goods (id BIGINT, size BIGINT, price DECIMAL(10,3), code TEXT, changed BIGINT, extra BOOLEAN)",
    );
    shop.exec("INSERT INTO goods VALUES (1, 1, 1.5, '7', 10, NULL), (2, 70000, 12345.678, 'A7', 20, 1)");
    const { outputs } = await warehouse.load();
    const { drift } = outputs.report.json() as { drift: { kind: string; column: string }[] };
    expect(drift.map((each) => `${each.kind} ${each.column}`)).toEqual([
      "new extra",
      "missing note",
      "mismatch code",
      "widening size",
      "widening price",
    ]);
    const query = (table: string) =>
      `SELECT id, size, CAST(price AS VARCHAR), code, note, changed, CAST(extra AS INT) FROM ${table} ORDER BY id`;
    const rows =
      kind === "sqlite"
        ? sqliteRows(join(root, "target.sqlite"), query("goods"))
        : await duckRows(query(`read_parquet('${warehouse.table}/*.parquet')`));
    expect(rows.map((row) => [...row.slice(0, 2), Number(row[2]), ...row.slice(3)])).toEqual([
      // A database keeps the value as well, and of files the row is written anew.
      ["1", "1", 1.5, "7", kind === "sqlite" ? "kept" : null, "10", null],
      ["2", "70000", 12345.678, "A7", null, "20", "1"],
    ]);
  });
});

describe.each(["sqlite", "parquet"] as const)("a table in %s whose source is a file", (kind) => {
  const shown = 'id, size, CAST("at" AS VARCHAR), note';
  it.each([
    [
      "csv",
      csv,
      "id,size,at,note,changed\n1,5,2026-01-01,a,10\n",
      ["id,size,at,note,changed\n", "id,size,at,note,changed\n2,,,,20\n"],
    ],
    [
      "ndjson",
      ndjson,
      '{"id":1,"size":5,"at":"2026-01-01","note":"a","changed":10}\n',
      ['{"id":2,"size":null,"at":null,"note":null,"changed":20}\n'],
    ],
  ] as const)("keeps the types of columns in which a %s holds nothing", async (format, provider, first, later) => {
    const target =
      kind === "sqlite"
        ? await provided(sqlite, { database: "target.sqlite", table: "goods" })
        : await provided(parquet, {});
    const path = `goods.${format}`;
    const warehouse = new Warehouse(root, { source: await provided(provider, { path }), target, config });
    for (const text of [first, ...later]) {
      writeFileSync(join(root, path), text);
      const { outputs, error } = await warehouse.load();
      expect(error).toBeUndefined();
      expect(outputs.report.json()).toMatchObject({ drift: [] });
    }
    const types =
      kind === "sqlite"
        ? sqliteRows(join(root, "target.sqlite"), "SELECT type FROM pragma_table_info('goods')")
        : await duckRows(
            `SELECT column_type FROM (DESCRIBE SELECT * FROM read_parquet('${warehouse.table}/*.parquet'))`,
          );
    expect(types.flat().map((type) => type?.replace("TEXT_", "").replace("VARCHAR", "TEXT"))).toEqual([
      "BIGINT",
      "BIGINT",
      "DATE",
      "TEXT",
      "BIGINT",
    ]);
    const from = kind === "sqlite" ? "goods" : `read_parquet('${warehouse.table}/*.parquet')`;
    const query = `SELECT ${shown} FROM ${from} ORDER BY id`;
    expect(kind === "sqlite" ? sqliteRows(join(root, "target.sqlite"), query) : await duckRows(query)).toEqual([
      ["1", "5", "2026-01-01", "a"],
      ["2", null, null, null],
    ]);
  });
});

describe("a table that is parted", () => {
  const parted = async (key: string[] = ["id"]) => {
    shop.exec("CREATE TABLE goods (id BIGINT, country TEXT, changed BIGINT)");
    shop.exec("INSERT INTO goods VALUES (1, 'NO', 1), (2, 'SE', 2), (3, NULL, 3), (4, 'a/b', 4)");
    return new Warehouse(root, {
      source: await goods(),
      target: await provided(parquet, { partitionBy: ["country"] }),
      config: { ...config, key },
    });
  };
  const files = ({ table }: Warehouse) =>
    Object.fromEntries(
      globSync("**/*.parquet", { cwd: table })
        .sort()
        .map((name) => [name, readFileSync(join(table, name)).toString("base64")]),
    );

  it("is rewritten only where rows come, leave or move", async () => {
    const warehouse = await parted();
    await warehouse.loaded();
    const before = files(warehouse);
    expect(Object.keys(before)).toEqual([
      "country=NO/part-0.parquet",
      "country=SE/part-0.parquet",
      "country=__HIVE_DEFAULT_PARTITION__/part-0.parquet",
      "country=a%2Fb/part-0.parquet",
    ]);
    shop.exec("UPDATE goods SET country = 'SE', changed = 9 WHERE id = 1");
    await warehouse.loaded();
    const after = files(warehouse);
    const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
    expect(changed).toEqual(["country=NO/part-0.parquet", "country=SE/part-0.parquet"]);
    expect(
      await duckRows(
        `SELECT id, country FROM read_parquet('${warehouse.table}/*/*.parquet', hive_partitioning=false) ORDER BY id`,
      ),
    ).toEqual([
      ["1", "SE"],
      ["2", "SE"],
      ["3", null],
      ["4", "a/b"],
    ]);
  });

  it("is not touched where nothing has changed", async () => {
    const warehouse = await parted();
    await warehouse.loaded();
    const before = files(warehouse);
    await warehouse.loaded();
    expect(files(warehouse)).toEqual(before);
  });

  it("gets files beside those it has, where rows are appended", async () => {
    const warehouse = await parted();
    const append = { ...config, strategy: "append" as const, key: [] };
    await warehouse.loaded({ config: append });
    shop.exec("INSERT INTO goods VALUES (5, 'NO', 9)");
    expect(await warehouse.loaded({ config: append })).toMatchObject({ written: 1 });
    expect(Object.keys(files(warehouse)).filter((name) => name.startsWith("country=NO"))).toEqual([
      "country=NO/part-0.parquet",
      "country=NO/part-1.parquet",
    ]);
    expect(await warehouse.loaded({ config: append })).toMatchObject({ written: 0 });
  });

  it.each([
    [["country"], []],
    [[], ["country"]],
    [["country"], ["changed"]],
    [["country", "changed"], ["country"]],
    [["country", "changed"], ["changed"]],
  ])("by %j and then by %j is written anew, and keeps its rows", async (before, after) => {
    for (const strategy of ["scd1", "append"] as const) {
      shop.exec("DROP TABLE IF EXISTS goods");
      const warehouse = await parted();
      const merging = { ...config, strategy };
      await warehouse.loaded({ target: await provided(parquet, { partitionBy: before }), config: merging });
      shop.exec("INSERT INTO goods VALUES (5, 'DK', 9)");
      await warehouse.loaded({ target: await provided(parquet, { partitionBy: after }), config: merging });
      const depths = Object.keys(files(warehouse)).map((name) => name.split("/").length - 1);
      expect(new Set(depths)).toEqual(new Set([after.length]));
      const from = `read_parquet('${warehouse.table}/**/*.parquet', hive_partitioning=false)`;
      expect(await duckRows(`SELECT id, country FROM ${from} ORDER BY id`)).toEqual([
        ["1", "NO"],
        ["2", "SE"],
        ["3", null],
        ["4", "a/b"],
        ["5", "DK"],
      ]);
    }
  });

  it("by a column whose type changes keeps its rows, though their directories have other names", async () => {
    shop.exec("CREATE TABLE goods (id BIGINT, price DECIMAL(6,1), changed BIGINT)");
    shop.exec("INSERT INTO goods VALUES (1, 1.5, 1), (2, 2.5, 2)");
    const target = await provided(parquet, { partitionBy: ["price"] });
    const warehouse = new Warehouse(root, { source: await goods(), target, config });
    await warehouse.loaded();
    expect(Object.keys(files(warehouse))).toEqual(["price=1%2E5/part-0.parquet", "price=2%2E5/part-0.parquet"]);
    shop.exec("DROP TABLE goods; CREATE TABLE goods (id BIGINT, price DECIMAL(8,2), changed BIGINT)");
    shop.exec("INSERT INTO goods VALUES (1, 1.5, 1), (2, 2.5, 2), (3, 1.5, 3)");
    await warehouse.loaded();
    expect(Object.keys(files(warehouse))).toEqual(["price=1%2E50/part-0.parquet", "price=2%2E50/part-0.parquet"]);
    expect(
      await duckRows(
        `SELECT id, price FROM read_parquet('${warehouse.table}/*/*.parquet', hive_partitioning=false) ORDER BY id`,
      ),
    ).toEqual([
      ["1", "1.50"],
      ["2", "2.50"],
      ["3", "1.50"],
    ]);
  });

  it("is written anew where a column is new, though no row is", async () => {
    const warehouse = await parted();
    const append = { ...config, strategy: "append" as const, key: [] };
    await warehouse.loaded({ config: append });
    shop.exec("ALTER TABLE goods ADD COLUMN colour TEXT");
    expect(await warehouse.loaded({ config: append })).toMatchObject({ read: 0 });
    const columns = await duckRows(
      `SELECT count(*), count(colour) FROM read_parquet('${warehouse.table}/*/*.parquet', hive_partitioning=false)`,
    );
    expect(columns).toEqual([["4", "0"]]);
  });
});

import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import parquet from "./endpoints/parquet.ts";
import sqlite from "./endpoints/sqlite.ts";
import { duckRows, provided, sqliteRows, Warehouse } from "./fixtures/warehouse.ts";

let root: string;
let shop: DatabaseSync;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "orchestrate-load-")));
  shop = new DatabaseSync(join(root, "shop.sqlite"));
  shop.exec(
    "CREATE TABLE orders (id INTEGER PRIMARY KEY, item TEXT, price DECIMAL(10,2), changed BIGINT, gone BOOLEAN)",
  );
  shop.exec("INSERT INTO orders VALUES (1, 'a', 1.5, 10, 0), (2, 'b', 2.25, 20, 0), (3, NULL, 3, 30, 0)");
});
afterEach(() => {
  shop.close();
  rmSync(root, { recursive: true, force: true });
});

const source = () => provided(sqlite, { database: "shop.sqlite", table: "orders" });
const targets = {
  sqlite: {
    make: () => provided(sqlite, { database: "target.sqlite", table: "orders" }),
    rows: async ({ directory }: Warehouse, columns: string, rest = "") =>
      sqliteRows(join(directory, "target.sqlite"), `SELECT ${columns} FROM orders ${rest}`),
  },
  parquet: {
    make: () => provided(parquet, {}),
    rows: ({ table }: Warehouse, columns: string, rest = "") =>
      duckRows(`SELECT ${columns} FROM read_parquet('${table}/**/*.parquet') ${rest}`),
  },
};

describe.each(["sqlite", "parquet"] as const)("a load into %s", (kind) => {
  const { make, rows } = targets[kind];
  const cursor = { mode: "cursor", column: "changed" } as const;

  it("leaves the database that it reads as it is", async () => {
    const full = { changes: { mode: "full" }, strategy: "full" } as const;
    await new Warehouse(root, { source: await source(), target: await make(), config: full }).loaded();
    expect(shop.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "delete" });
  });

  it("by cursor merges what has changed, and changes nothing where nothing has", async () => {
    const warehouse = new Warehouse(root, {
      source: await source(),
      target: await make(),
      config: { changes: cursor, strategy: "scd1" },
    });
    expect(await warehouse.loaded()).toMatchObject({ read: 3, written: 3, deleted: 0 });
    shop.exec("UPDATE orders SET item = 'B', changed = 40 WHERE id = 2; INSERT INTO orders VALUES (4, 'd', 4, 50, 0)");
    expect(await warehouse.loaded()).toMatchObject({ read: 2, written: 2, deleted: 0 });
    expect(await warehouse.loaded()).toMatchObject({ read: 0, written: 0, deleted: 0 });
    expect(await rows(warehouse, "id, item, price, changed", "ORDER BY id")).toEqual(
      [
        [1, "a", "1.50", 10],
        [2, "B", "2.25", 40],
        [3, null, "3.00", 30],
        [4, "d", "4.00", 50],
      ].map((row) => row.map((value) => (value === null ? null : String(value)))),
    );
  });

  it("replaces all, appends, follows tombstones and sweeps keys", async () => {
    const full = new Warehouse(join(root, "full"), {
      source: await provided(sqlite, { database: join(root, "shop.sqlite"), table: "orders" }),
      target: await make(),
      config: { changes: { mode: "full" }, strategy: "full" },
    });
    const part = (
      changes: Parameters<Warehouse["load"]>[0] extends never ? never : Warehouse["parts"]["config"]["changes"],
      strategy: "append" | "scd1",
    ) => ({ ...full.parts, config: { changes, strategy } }) as const;
    const append = new Warehouse(join(root, "append"), part(cursor, "append"));
    const tombstone = new Warehouse(
      join(root, "tombstone"),
      part({ mode: "cursor+tombstone", column: "changed", tombstone: "gone" }, "scd1"),
    );
    const sweep = new Warehouse(join(root, "sweep"), part({ mode: "cursor+key-sweep", column: "changed" }, "scd1"));
    for (const each of [full, append, tombstone, sweep]) expect(await each.loaded()).toMatchObject({ written: 3 });
    shop.exec(
      "DELETE FROM orders WHERE id = 1; UPDATE orders SET gone = 1, changed = 60 WHERE id = 2; INSERT INTO orders VALUES (5, 'late', 5, 5, 0)",
    );
    expect(await full.loaded()).toMatchObject({ written: 3 });
    expect(await append.loaded()).toMatchObject({ written: 1 });
    expect(await tombstone.loaded()).toMatchObject({ written: 0, deleted: 1 });
    expect(await sweep.loaded()).toMatchObject({ written: 2, deleted: 1 });
    const ids = async (each: Warehouse) => (await rows(each, "id", "ORDER BY id, changed")).map(([id]) => Number(id));
    expect(await ids(full)).toEqual([2, 3, 5]);
    expect(await ids(append)).toEqual([1, 2, 2, 3]);
    expect(await ids(tombstone)).toEqual([1, 3]);
    expect(await ids(sweep)).toEqual([2, 3, 5]);
  });

  it("goes on by decimals as the numbers they are", async () => {
    const warehouse = new Warehouse(root, {
      source: await source(),
      target: await make(),
      config: { changes: { mode: "cursor", column: "price" }, strategy: "append" },
    });
    expect(await warehouse.loaded()).toMatchObject({ read: 3 });
    shop.exec("INSERT INTO orders VALUES (4, 'd', 10, 40, 0)");
    expect(await warehouse.loaded()).toMatchObject({ read: 1 });
    expect(await warehouse.loaded()).toMatchObject({ read: 0 });
    expect(await rows(warehouse, "id", "ORDER BY id")).toHaveLength(4);
  });

  it.each([
    ["text", "TEXT", ["AT1", "AT2", "At3"]],
    [
      "UUIDs in capitals",
      "UUID",
      ["018F", "018F4E1A", "AAAA"].map((start) => `${start.padEnd(8, "0")}-0000-7000-8000-000000000000`),
    ],
    ["times with a T", "TIMESTAMP", ["2026-01-01T10:00:00", "2026-01-01 10:00:01", "2026-01-02T00:00:00Z"]],
  ])("goes on by %s", async (_, type, values) => {
    shop.exec(`CREATE TABLE parts (id INTEGER PRIMARY KEY, at ${type})`);
    const warehouse = new Warehouse(root, {
      source: await provided(sqlite, { database: "shop.sqlite", table: "parts" }),
      target: await make(),
      config: { changes: { mode: "cursor", column: "at" }, strategy: "append" },
    });
    for (const at of values) {
      shop.prepare("INSERT INTO parts (at) VALUES (?)").run(at);
      expect(await warehouse.loaded()).toMatchObject({ read: 1 });
    }
    expect(await warehouse.loaded()).toMatchObject({ read: 0 });
  });

  it.each([
    ["a UUID in capitals", "UUID", "018F4E1A-0000-7000-8000-000000000000", "A18F4E1A-0000-7000-8000-000000000000"],
    ["a decimal", "DECIMAL(10,2)", 1.5, 2.5],
    ["a time with a T", "TIMESTAMP", "2026-01-01T10:00:00Z", "2026-01-02T10:00:00.500Z"],
    ["a date with a time", "DATE", "2026-01-01T00:00:00Z", "2026-01-02"],
    ["a truth value", "BOOLEAN", 1, 0],
    ["a float", "REAL", 0.1, 0.2],
  ])("finds a late row by a key that is %s", async (_, type, early, late) => {
    shop.exec(`CREATE TABLE parts (at ${type}, changed BIGINT)`);
    const add = shop.prepare("INSERT INTO parts VALUES (?, ?)");
    add.run(early, 20);
    const warehouse = new Warehouse(root, {
      source: await provided(sqlite, { database: "shop.sqlite", table: "parts" }),
      target: await make(),
      config: { changes: { mode: "cursor+key-sweep", column: "changed" }, strategy: "scd1", key: ["at"] },
    });
    expect(await warehouse.loaded()).toMatchObject({ written: 1 });
    add.run(late, 10);
    expect(await warehouse.loaded()).toMatchObject({ written: 1, deleted: 0 });
    expect(await warehouse.loaded()).toMatchObject({ written: 0, deleted: 0 });
    expect(await rows(warehouse, "changed", "ORDER BY changed")).toEqual([["10"], ["20"]]);
  });

  it("keeps a history", async () => {
    const warehouse = new Warehouse(root, {
      source: await source(),
      target: await make(),
      config: { changes: { mode: "cursor+key-sweep", column: "changed" }, strategy: "scd2" },
    });
    await warehouse.loaded();
    shop.exec("UPDATE orders SET item = 'B', changed = 40 WHERE id = 2; DELETE FROM orders WHERE id = 1");
    expect(await warehouse.loaded()).toMatchObject({ written: 1, deleted: 1 });
    expect(await warehouse.loaded()).toMatchObject({ written: 0, deleted: 0 });
    const current = kind === "sqlite" ? "is_current" : "CAST(is_current AS INT)";
    expect(await rows(warehouse, `id, item, valid_from, valid_to, ${current}`, "ORDER BY id, valid_from")).toEqual([
      ["1", "a", "10", "40", "0"],
      ["2", "b", "20", "40", "0"],
      ["2", "B", "40", null, "1"],
      ["3", null, "30", null, "1"],
    ]);
  });
});

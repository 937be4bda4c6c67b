import { join } from "node:path";
import { describe, expect, it } from "vitest";
import parquet from "../endpoints/parquet.ts";
import sqlite from "../endpoints/sqlite.ts";
import { goodsShop } from "../fixtures/goods-shop.ts";
import { duckRows, provided, sqliteRows, Warehouse } from "../fixtures/warehouse.ts";

const { root, exec, goods, target, refused } = goodsShop();
const changes = { mode: "cursor", column: "changed" } as const;

describe("a column whose name a load needs", () => {
  it("is refused by name, unless it is left out", async () => {
    exec("ALTER TABLE goods ADD COLUMN _Ingest_order TEXT");
    expect(await refused()).toMatchObject({
      code: "column-reserved",
      detail: 'The source has a column "_Ingest_order", a name that the load needs for its own.',
      hint: "Leave it out by columns, or load from a view that gives it another name.",
    });
    const columns = ["id", "name", "changed"];
    expect(await refused({ config: { changes, strategy: "scd1", columns } })).toBeUndefined();
  });

  it.each(["rowid", "file_row_number"])("as %s, is refused where rows are told apart by a cursor", async (name) => {
    exec(`ALTER TABLE goods ADD COLUMN ${name} TEXT`);
    expect(await refused()).toMatchObject({ code: "column-reserved" });
    const full = { changes: { mode: "full" }, strategy: "full" } as const;
    expect(await refused({ target: await provided(parquet, {}), config: full })).toBeUndefined();
  });

  it("as valid_to, is refused where a history is kept, and taken over where none is", async () => {
    exec("ALTER TABLE goods ADD COLUMN valid_to TEXT");
    expect(await refused({ config: { changes, strategy: "scd2" } })).toMatchObject({ code: "column-reserved" });
    expect(await refused()).toBeUndefined();
  });
});

describe("columns that are called as what others keep beside rows", () => {
  it("travel as all others, and _deleted can be the tombstone", async () => {
    exec("ALTER TABLE goods ADD COLUMN _deleted BOOLEAN; ALTER TABLE goods ADD COLUMN _order TEXT");
    exec("ALTER TABLE goods ADD COLUMN _at TEXT; UPDATE goods SET _deleted = 0, _order = 'z', _at = 'here'");
    exec("UPDATE goods SET _deleted = 1 WHERE id = 2");
    for (const strategy of ["scd1", "append", "scd2"] as const) {
      const into = await provided(sqlite, { database: `${strategy}.sqlite`, table: "goods" });
      const parts = { source: await goods(), target: into, config: { changes, strategy, key: ["id"] } };
      await new Warehouse(root(), parts).loaded();
      const rows = sqliteRows(
        join(root(), `${strategy}.sqlite`),
        "SELECT id, _deleted, _order, _at FROM goods ORDER BY id",
      );
      expect(rows, strategy).toEqual([
        ["1", "0", "z", "here"],
        ["2", "1", "z", "here"],
      ]);
    }
    const tombstone = {
      changes: { ...changes, mode: "cursor+tombstone", tombstone: "_deleted" } as const,
      key: ["id"],
    };
    for (const into of [await target(), await provided(parquet, {})]) {
      const parts = { source: await goods(), target: into, config: { ...tombstone, strategy: "scd1" as const } };
      const warehouse = new Warehouse(root(), parts);
      await warehouse.loaded();
      const query = (table: string) => `SELECT id FROM ${table}`;
      const rows = into.label.startsWith("sqlite")
        ? sqliteRows(join(root(), "target.sqlite"), query("goods"))
        : await duckRows(query(`read_parquet('${warehouse.table}/*.parquet')`));
      expect(rows).toEqual([["1"]]);
    }
  });
});

import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import csv from "../endpoints/csv.ts";
import sqlite from "../endpoints/sqlite.ts";
import { provided, sqliteRows, Warehouse } from "../fixtures/warehouse.ts";

let root: string;
let path: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "orchestrate-alter-")));
  path = join(root, "w.sqlite");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Loads a text as CSV into the table `goods` of the database. */
async function warehouse(
  types: Readonly<Record<string, string>> = {},
  series = "first",
): Promise<(text: string) => ReturnType<Warehouse["load"]>> {
  const parts = {
    series,
    source: await provided(csv, { path: "goods.csv", types }),
    target: await provided(sqlite, { database: "w.sqlite", table: "goods" }),
    config: { changes: { mode: "cursor" as const, column: "changed" }, strategy: "scd1" as const, key: ["id"] },
  };
  const made = new Warehouse(root, parts);
  return (text) => {
    writeFileSync(join(root, "goods.csv"), text);
    return made.load();
  };
}

function run(sql: string): void {
  using db = new DatabaseSync(path);
  db.exec(sql);
}

describe("a column of a SQLite table that is widened", () => {
  it("leaves the table its indexes and triggers, views their table, and truth values their names", async () => {
    const load = await warehouse();
    await load("id,size,fits,changed\n1,5,true,1\n2,7,false,1\n3,,,1\n");
    run(`CREATE INDEX by_size ON goods (size);
      CREATE TABLE seen (id);
      CREATE TRIGGER sees AFTER INSERT ON goods BEGIN INSERT INTO seen VALUES (new.id); END;
      CREATE VIEW large AS SELECT id FROM goods WHERE size > 6`);
    const { error } = await load("id,size,fits,changed\n4,7.5,perhaps,2\n");
    expect(error).toBeUndefined();
    expect(sqliteRows(path, "SELECT id, size, fits FROM goods ORDER BY id")).toEqual([
      ["1", "5", "true"],
      ["2", "7", "false"],
      ["3", null, null],
      ["4", "7.5", "perhaps"],
    ]);
    expect(sqliteRows(path, "SELECT name FROM sqlite_schema WHERE name IN ('by_size', 'sees') ORDER BY name")).toEqual([
      ["by_size"],
      ["sees"],
    ]);
    expect(sqliteRows(path, "SELECT id FROM seen")).toEqual([["4"]]);
    expect(sqliteRows(path, "SELECT id FROM large ORDER BY id")).toEqual([["2"], ["4"]]);
  });

  it.each([
    ["9007199254740993", "1.5"],
    ["1234567890.123456789", "1e300"],
  ])("is refused where it holds %s and is to become one of floats", async (long, float) => {
    const load = await warehouse({ size: long.includes(".") ? "decimal(20, 9)" : "bigint" });
    await load(`id,size,changed\n1,5,1\n2,${long},1\n`);
    const again = await warehouse({ size: "double" }, "again");
    const { error } = await again(`id,size,changed\n3,${float},2\n`);
    expect(error).toMatchObject({
      code: "value-unfit",
      detail: `Column "size" of the table "goods" is to become one of floats, and holds ${long}, which has more digits than a float keeps.`,
      hint: "Keep the source's type by its option types, or load it into another table.",
    });
    expect(sqliteRows(path, "SELECT CAST(size AS TEXT) FROM goods WHERE id = 2")).toEqual([[long]]);
  });

  it("is refused where rows of another table would go with the old one", async () => {
    const load = await warehouse();
    await load("id,size,changed\n1,5,1\n");
    run("CREATE TABLE sold (good REFERENCES Goods (id) ON DELETE CASCADE); INSERT INTO sold VALUES (1)");
    const { error } = await load("id,size,changed\n1,5.5,2\n");
    expect(error).toMatchObject({
      code: "target-unsuitable",
      detail:
        'The column "size" of the SQLite table "goods" is to hold more than its type does, and the table can\'t be made anew, since the table "sold" refers to it.',
      hint: "Widen the column by hand, or keep the source's type by its option types.",
    });
    expect(sqliteRows(path, "SELECT good FROM sold")).toEqual([["1"]]);
    expect(sqliteRows(path, "SELECT id, size FROM goods")).toEqual([["1", "5"]]);
  });

  it.each([
    ["a default", "id BIGINT PRIMARY KEY, size BIGINT DEFAULT 7, changed BIGINT"],
    ["a constraint", "id BIGINT, size BIGINT, changed BIGINT, UNIQUE (id)"],
    ["a collation", "id BIGINT, size BIGINT, changed BIGINT, note TEXT COLLATE NOCASE, PRIMARY KEY (id)"],
  ])("is refused where the table has %s, which a new one would not have", async (_what, columns) => {
    run(`CREATE TABLE goods (${columns})`);
    const load = await warehouse();
    const { error } = await load("id,size,changed\n1,5.5,2\n");
    expect(error).toMatchObject({
      detail: expect.stringContaining("since it declares more than columns, their types and a key."),
    });
    expect(sqliteRows(path, "SELECT count(*) FROM sqlite_schema WHERE sql LIKE '%goods%'")).toEqual([["1"]]);
  });
});

import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import ndjson from "../endpoints/ndjson.ts";
import sqlite from "../endpoints/sqlite.ts";
import { provided, sqliteRows, Warehouse } from "../fixtures/warehouse.ts";

const config = { changes: { mode: "cursor", column: "changed" } as const, strategy: "scd1" as const, key: ["id"] };
const LONG = "1234567890123456789012345678.0123456789";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "orchestrate-ndjson-")));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("a table as NDJSON", () => {
  it("keeps every digit of a decimal over several loads, as a text where numbers in JSON would not", async () => {
    using shop = new DatabaseSync(join(root, "shop.sqlite"));
    shop.exec(`CREATE TABLE goods (id BIGINT, price DECIMAL(38,10), tax TEXT_DECIMAL(38,10), part DECIMAL(4,2), changed BIGINT);
      INSERT INTO goods VALUES (1, 0.5, '${LONG}', 1.5, 1)`);
    const source = await provided(sqlite, { database: "shop.sqlite", table: "goods" });
    const warehouse = new Warehouse(root, { source, target: await provided(ndjson, {}), config });
    await warehouse.loaded();
    shop.exec("INSERT INTO goods VALUES (2, -3, NULL, NULL, 2)");
    await warehouse.loaded();
    expect(readFileSync(join(warehouse.table, "part-0.ndjson"), "utf8")).toBe(
      `{"id":1,"price":"0.5000000000","tax":"${LONG}","part":1.5,"changed":1}\n` +
        '{"id":2,"price":"-3.0000000000","tax":null,"part":null,"changed":2}\n',
    );
  });

  it("holds no infinity, which JSON does not know", async () => {
    using shop = new DatabaseSync(join(root, "shop.sqlite"));
    shop.exec("CREATE TABLE goods (id BIGINT, size REAL, changed BIGINT); INSERT INTO goods VALUES (1, 9e999, 1)");
    const source = await provided(sqlite, { database: "shop.sqlite", table: "goods" });
    const { error } = await new Warehouse(root, { source, target: await provided(ndjson, {}), config }).load();
    expect(error).toMatchObject({
      code: "duckdb-refused",
      detail: `DuckDB says: Invalid Input Error: Column "size" holds inf, which NDJSON can't hold: leave it out by columns.`,
    });
  });
});

describe("NDJSON that declares a long decimal", () => {
  const load = async (price: string) => {
    writeFileSync(join(root, "goods.ndjson"), `{"id": 1, "price": ${price}, "changed": 1}\n`);
    const source = await provided(ndjson, { path: "goods.ndjson", types: { price: "decimal(38, 10)" } });
    const target = await provided(sqlite, { database: "target.sqlite", table: "goods" });
    return (await new Warehouse(root, { source, target, config }).load()).error;
  };

  it.each([
    ["null", null],
    ["0.5", "0.5000000000"],
    ["1234567890123456789012345678", "1234567890123456789012345678.0000000000"],
    ["0.000123456789012e3", "0.1234567890"],
    [`"${LONG}"`, LONG],
  ])("takes %s", async (price, stored) => {
    expect(await load(price)).toBeUndefined();
    expect(sqliteRows(join(root, "target.sqlite"), "SELECT price FROM goods")).toEqual([[stored]]);
  });

  it("refuses a number of which digits may be lost", async () => {
    expect(await load(LONG)).toMatchObject({
      code: "duckdb-refused",
      detail: expect.stringContaining(
        'Column "price": 1.2345678901234569e27 has more digits than a number in JSON keeps for sure: write it as a text.',
      ),
    });
  });
});

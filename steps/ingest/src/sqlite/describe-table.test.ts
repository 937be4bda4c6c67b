import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { typeWords } from "../table/column-type.ts";
import { describeTable } from "./describe-table.ts";

let db: DatabaseSync;
beforeEach(() => {
  db = new DatabaseSync(":memory:");
});
afterEach(() => db.close());

const columns = (table: string) =>
  describeTable(db, table)?.columns.map(({ name, type }) => `${name} ${typeWords(type)}`);

it("tells numbers of 64 bits by the names that SQLite has for them", () => {
  db.exec("CREATE TABLE numbers (id INTEGER PRIMARY KEY, small SMALLINT, part REAL, price DECIMAL(10,2), any)");
  expect(columns("numbers")).toEqual([
    "id integer(64)",
    "small integer(16)",
    "part float(64)",
    "price decimal(10, 2)",
    "any text",
  ]);
});

it("takes a name that it does not know for what SQLite takes it for, and a length for no limit", () => {
  db.exec(
    "CREATE TABLE odd (a MEDIUMINT, b UNSIGNED BIG INT, c NVARCHAR(10), d LONGBLOB, e FLOAT(10), f VARCHAR(3), g INTERVAL)",
  );
  expect(columns("odd")).toEqual([
    "a integer(64)",
    "b integer(64)",
    "c text",
    "d binary",
    "e float(64)",
    "f text",
    "g interval",
  ]);
});

it("tells generated columns, and none that a virtual table hides", () => {
  db.exec("CREATE TABLE twice (id BIGINT, double BIGINT AS (id * 2), kept BIGINT AS (id * 3) STORED)");
  db.exec("CREATE VIRTUAL TABLE words USING fts5(text)");
  expect(columns("twice")).toEqual(["id integer(64)", "double integer(64)", "kept integer(64)"]);
  expect(columns("words")).toEqual(["text text"]);
  expect(columns("none")).toBeUndefined();
});

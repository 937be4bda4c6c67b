import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import type { Row } from "../table/row.ts";
import type { Column } from "../table/table-schema.ts";
import { sqliteConnection } from "./sqlite-connection.ts";

const integer = (name: string): Column => ({ name, type: { type: "integer", bits: 64 }, nullable: true });

it("adds every row of batches of any length, and counts those that it changed", async () => {
  using db = new DatabaseSync(":memory:");
  db.exec("CREATE TABLE t (id BIGINT PRIMARY KEY, value BIGINT)");
  const rows = Array.from({ length: 200 }, (_, at): Row => [BigInt(at % 150), BigInt(at)]);
  const inserted = (conflict: string, from: number, to: number) =>
    sqliteConnection(db).insert("t", [integer("id"), integer("value")], batchesOf(rows.slice(from, to)), conflict);
  expect(await inserted("ON CONFLICT (id) DO NOTHING", 0, 150)).toBe(150);
  expect(await inserted("ON CONFLICT (id) DO NOTHING", 0, 200)).toBe(0);
  expect(await inserted("ON CONFLICT (id) DO UPDATE SET value = excluded.value", 130, 200)).toBe(70);
  const found = db.prepare("SELECT id, value FROM t ORDER BY id").all();
  expect(found.map(({ value }) => value)).toEqual(Array.from({ length: 150 }, (_, id) => (id < 50 ? id + 150 : id)));
});

it("adds rows of as many columns as a table may have", async () => {
  using db = new DatabaseSync(":memory:");
  const columns = Array.from({ length: 2000 }, (_, at) => integer(`c${at}`));
  db.exec(`CREATE TABLE t (${columns.map(({ name }) => `${name} BIGINT`).join(", ")})`);
  const rows = Array.from({ length: 40 }, (_, row): Row => columns.map((__, at) => BigInt(row * at)));
  expect(await sqliteConnection(db).insert("t", columns, batchesOf(rows))).toBe(40);
  expect(db.prepare("SELECT sum(c1999) AS sum FROM t").get()?.sum).toBe((1999 * 39 * 40) / 2);
});

/** In batches of 1, 8, 15 … rows, and of what is left. */
async function* batchesOf(rows: readonly Row[]): AsyncIterable<readonly Row[]> {
  for (let from = 0, length = 1; from < rows.length; from += length, length += 7) yield rows.slice(from, from + length);
}

import { DatabaseSync } from "node:sqlite";
import { createTable } from "../sql/create-table.ts";
import { quoteName } from "../sql/quote.ts";
import type { Value } from "../table/row.ts";
import type { Column } from "../table/table-schema.ts";

export interface WrittenTable {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly key: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

/** Writes tables into a new SQLite database, without leaving a journal beside it. */
export function writeDatabase(path: string, tables: readonly WrittenTable[]): void {
  using db = new DatabaseSync(path);
  db.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN");
  for (const { name, columns, key, rows } of tables) {
    db.exec(createTable(quoteName(name), { columns: [...columns], key: [...key] }, "sqlite"));
    const insert = db.prepare(`INSERT INTO ${quoteName(name)} VALUES (${columns.map(() => "?").join(", ")})`);
    for (const row of rows) insert.run(...row.map((value) => (typeof value === "boolean" ? Number(value) : value)));
  }
  db.exec("COMMIT");
}

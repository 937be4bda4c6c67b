import type { DatabaseSync } from "node:sqlite";
import { quoteName } from "../sql/quote.ts";
import { parseType } from "../table/parse-type.ts";
import type { TableSchema } from "../table/table-schema.ts";

/** The columns of a table or view as they are declared; a column without a type counts as text. */
export function describeTable(db: DatabaseSync, table: string): TableSchema | undefined {
  const rows = db.prepare(`PRAGMA table_info(${quoteName(table)})`).all();
  if (rows.length === 0) return undefined;
  const columns = rows.map(({ name, type, notnull, pk }) => ({
    name: String(name),
    type: parseType(type === "" ? "text" : String(type)),
    nullable: notnull === 0 && pk === 0,
  }));
  const key = rows
    .filter(({ pk }) => Number(pk) > 0)
    .sort((a, b) => Number(a.pk) - Number(b.pk))
    .map(({ name }) => String(name));
  return { columns, key };
}

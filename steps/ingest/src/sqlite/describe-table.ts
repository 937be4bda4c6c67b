import type { DatabaseSync } from "node:sqlite";
import { quoteName } from "../sql/quote.ts";
import type { ColumnType } from "../table/column-type.ts";
import { parseType } from "../table/parse-type.ts";
import type { TableSchema } from "../table/table-schema.ts";

/**
 * The columns of a table or view as they are declared, generated ones among them. A column without a type counts as
 * text.
 */
export function describeTable(db: DatabaseSync, table: string): TableSchema | undefined {
  const all = db.prepare(`PRAGMA table_xinfo(${quoteName(table)})`).all();
  if (all.length === 0) return undefined;
  // Those of 1 belong to a virtual table, and no * gives them.
  const rows = all.filter(({ hidden }) => hidden !== 1);
  const columns = rows.map(({ name, type, notnull, pk }) => ({
    name: String(name),
    type: declared(String(type)),
    nullable: notnull === 0 && pk === 0,
  }));
  const key = rows
    .filter(({ pk }) => Number(pk) > 0)
    .sort((a, b) => Number(a.pk) - Number(b.pk))
    .map(({ name }) => String(name));
  return { columns, key };
}

/**
 * SQLite's own names mean 64 bits (https://sqlite.org/datatype3.html, 2), where elsewhere they mean 32, and a length is
 * no limit. A name that is known nowhere else means what SQLite takes it for.
 */
function declared(written: string): ColumnType {
  const type = parseType(written === "" ? "text" : written);
  if (type.type === "other") return byAffinity(written) ?? type;
  if (type.type === "text") return { type: "text", length: null };
  const isWide = type.type === "float" || (type.type === "integer" && /^int(eger)?$/i.test(written));
  return isWide ? { ...type, bits: 64 } : type;
}

/**
 * By what stands anywhere in the name (https://sqlite.org/datatype3.html, 3.1); undefined where values can be of any
 * class.
 */
function byAffinity(written: string): ColumnType | undefined {
  const name = written.toUpperCase();
  if (/^(INTERVAL|POINT)/.test(name)) return undefined;
  if (name.includes("INT")) return { type: "integer", bits: 64 };
  if (/CHAR|CLOB|TEXT/.test(name)) return { type: "text", length: null };
  if (name.includes("BLOB")) return { type: "binary" };
  return /REAL|FLOA|DOUB/.test(name) ? { type: "float", bits: 64 } : undefined;
}

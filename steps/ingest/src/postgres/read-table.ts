import type { ReadRequest } from "../endpoint/endpoint.ts";
import { quoteName, quoteNames, quoteValue } from "../sql/quote.ts";
import type { SqlConnection } from "../sql/sql-connection.ts";
import { fromText } from "../sql/typed.ts";
import type { ColumnType } from "../table/column-type.ts";
import type { Row, Value } from "../table/row.ts";
import { type Column, findColumn, type TableSchema } from "../table/table-schema.ts";
import { describeTable } from "./describe-table.ts";

/** Reads a table through a cursor, in one snapshot of it. */
export async function* readTable(
  connection: SqlConnection,
  table: string,
  request: ReadRequest,
  fetch: number,
): AsyncIterable<readonly Row[]> {
  const schema = await describeTable(connection, table);
  if (schema === undefined) return;
  const columns = request.columns.map((name) => findColumn(schema, name)!);
  const list = columns.map(travel).join(", ");
  const limit = request.limit === undefined ? "" : `LIMIT ${request.limit}`;
  await connection.run("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
  try {
    await connection.run(
      `DECLARE ingest_reader NO SCROLL CURSOR FOR SELECT ${list} FROM ${table} WHERE ${wanted(request, schema)} ${limit}`,
    );
    for (;;) {
      const rows = await connection.query(`FETCH ${fetch} FROM ingest_reader`);
      if (rows.length === 0) break;
      yield rows.map((row) => columns.map(({ type }, at) => arrived(row[at] ?? null, type)));
    }
  } finally {
    // Also where the reader wants no more, or the connection is gone, which the reader has been told then.
    await connection.run("ROLLBACK").catch(() => {});
  }
}

function wanted({ range, keys }: ReadRequest, schema: TableSchema): string {
  const conditions: string[] = [];
  if (keys !== undefined) conditions.push(amongKeys(keys));
  if (range !== undefined) {
    const place = quoteName(range.column);
    const value = ordered(place, findColumn(schema, range.column)?.type);
    const bounds = [
      ...(range.after === null ? [] : [`${value} > ${quoteValue(range.after)}`]),
      ...(range.upTo === null ? [] : [`${value} <= ${quoteValue(range.upTo)}`]),
    ];
    conditions.push(`(${place} IS NULL OR (${bounds.join(" AND ") || "TRUE"}))`);
  }
  return conditions.join(" AND ") || "TRUE";
}

/**
 * Whether columns hold one of several sets of values, none of them null; as VALUES their texts would not be taken for
 * what the columns are.
 */
function amongKeys({ columns, rows }: NonNullable<ReadRequest["keys"]>): string {
  if (rows.length === 0) return "FALSE";
  const sets = rows.map((row) => `(${row.map(quoteValue).join(", ")})`).join(", ");
  return `(${quoteNames(columns)}) IN (${sets})`;
}

/** Texts in the order of their bytes, as the load has it; that of a column can be a language's. */
function ordered(place: string, type: ColumnType | undefined): string {
  if (type?.type === "text") return `${place} COLLATE "C"`;
  return type?.type === "other" ? `CAST(${place} AS text) COLLATE "C"` : place;
}

/**
 * A timestamp with a zone is told in UTC, which the connection is set to, and a text without the blanks that fill a
 * `char(20)`.
 */
function travel({ name, type }: Column): string {
  const place = quoteName(name);
  if (type.type === "timestamp") return `CAST(${place} AS timestamp)`;
  return type.type === "text" ? `CAST(${place} AS text)` : place;
}

function arrived(value: Value, type: ColumnType): Value {
  if (value === null) return null;
  const text = String(value);
  const isTime = type.type === "date" || type.type === "timestamp";
  // The era stands behind all for PostgreSQL, and behind the day for DuckDB, which would not see it there.
  return fromText(isTime ? text.replace(/^(\S+)(.*) BC$/, "$1 (BC)$2") : text, type);
}

import type { Range, ReadRequest } from "../endpoint/endpoint.ts";
import { quoteName, quoteValue } from "../sql/quote.ts";
import type { ColumnType } from "../table/column-type.ts";
import { findColumn, type TableSchema } from "../table/table-schema.ts";

/**
 * The condition of rows that are asked for by a range or by keys. It holds for some beside them, which who reads leaves
 * out: SQLite keeps one value in several forms, and a float, or a second, does not tell all values apart.
 */
export function wanted({ range, keys }: ReadRequest, schema: TableSchema): string {
  const typeOf = (name: string) => findColumn(schema, name)?.type.type ?? "text";
  const conditions = [
    ...(range === undefined ? [] : [within(range, typeOf(range.column))]),
    ...(keys === undefined ? [] : [among(keys, typeOf)]),
  ];
  return conditions.join(" AND ") || "TRUE";
}

function within({ column, after, upTo }: Range, type: ColumnType["type"]): string {
  const form = ordered(type);
  const bounds = [
    ...(after === null ? [] : [`${form(quoteName(column))} >= ${form(quoteValue(after))}`]),
    ...(upTo === null
      ? []
      : [`${form(quoteName(column))} <= ${form(quoteValue(upTo))}${isTime(type) ? " || '~'" : ""}`]),
  ];
  return `(${quoteName(column)} IS NULL OR (${bounds.join(" AND ") || "TRUE"}))`;
}

/** Several values are only taken as a table. */
function among(
  { columns, rows }: NonNullable<ReadRequest["keys"]>,
  typeOf: (name: string) => ColumnType["type"],
): string {
  if (rows.length === 0) return "FALSE";
  const forms = columns.map((name) => equal(typeOf(name)));
  const places = columns.map((name, at) => forms[at]!(quoteName(name)));
  const sets = rows.map((row) => `(${row.map((value, at) => forms[at]!(quoteValue(value))).join(", ")})`);
  return `(${places.join(", ")}) IN (VALUES ${sets.join(", ")})`;
}

type Form = (sql: string) => string;

/**
 * How values are compared by order, which for texts is that of their bytes; a bound above a time is stretched, since
 * texts of one instant can differ in zeros.
 */
function ordered(type: ColumnType["type"]): Form {
  if (type === "text" || type === "other") return (sql) => `CAST(${sql} AS TEXT)`;
  return isTime(type) ? (sql) => `replace(CAST(${sql} AS TEXT), 'T', ' ')` : compared(type);
}

/** How values are compared for being equal. */
function equal(type: ColumnType["type"]): Form {
  if (type === "date") return (sql) => `date(${sql})`;
  return type === "timestamp" ? (sql) => `datetime(${sql})` : compared(type);
}

function compared(type: ColumnType["type"]): Form {
  switch (type) {
    case "integer":
    case "float":
    case "boolean":
    case "text":
    case "other":
    case "json":
    case "binary":
    case "date":
    case "timestamp":
      return (sql) => sql;
    case "decimal":
      return (sql) => `CAST(${sql} AS REAL)`;
    case "uuid":
      return (sql) => `lower(${sql})`;
    default:
      return type satisfies never;
  }
}

function isTime(type: ColumnType["type"]): boolean {
  return type === "date" || type === "timestamp";
}

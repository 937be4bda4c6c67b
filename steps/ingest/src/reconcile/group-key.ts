import { quoteName } from "../sql/quote.ts";
import type { Column } from "../table/table-schema.ts";
import { type HashingDialect, hexDigits } from "./encoding-sql.ts";

/** Columns as text that both engines write alike: a select list, and what to group by. */
export function groupKey(
  columns: readonly Column[],
  dialect: HashingDialect,
): { readonly list: string; readonly grouping: string } {
  const expressions = columns.map((column) => comparableText(column, dialect));
  return { list: expressions.join(", "), grouping: expressions.join(", ") };
}

/** A value as text that both engines write alike. */
export function comparableText({ name, type }: Column, dialect: HashingDialect): string {
  const place = quoteName(name);
  switch (type.type) {
    case "boolean":
      return `CASE WHEN ${place} THEN 'true' WHEN NOT ${place} THEN 'false' END`;
    case "decimal": {
      const text = `CAST(${place} AS VARCHAR)`;
      return `CASE WHEN strpos(${text}, '.') > 0 THEN rtrim(rtrim(${text}, '0'), '.') ELSE ${text} END`;
    }
    case "timestamp":
      return `CAST(CAST(${place} AS TIMESTAMP) AS VARCHAR)`;
    case "float":
      return `CAST(CAST(${place} AS ${dialect === "duckdb" ? "DOUBLE" : "DOUBLE PRECISION"}) AS VARCHAR)`;
    case "binary":
      return hexDigits(place, dialect);
    case "integer":
    case "text":
    case "date":
    case "uuid":
    case "json":
    case "other":
      return `CAST(${place} AS VARCHAR)`;
    default:
      return type satisfies never;
  }
}

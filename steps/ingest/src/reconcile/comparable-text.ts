import { quoteName } from "../sql/quote.ts";
import type { Column } from "../table/table-schema.ts";
import { type HashingDialect, hexDigits } from "./encoding-sql.ts";

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
    case "date":
      return eraText(`CAST(${place} AS VARCHAR)`, dialect);
    case "timestamp":
      return eraText(`CAST(CAST(${place} AS TIMESTAMP) AS VARCHAR)`, dialect);
    case "float":
      return `CAST(CAST(${place} AS ${dialect === "duckdb" ? "DOUBLE" : "DOUBLE PRECISION"}) AS VARCHAR)`;
    case "binary":
      return hexDigits(place, dialect);
    case "integer":
    case "text":
    case "uuid":
    case "json":
    case "other":
      return `CAST(${place} AS VARCHAR)`;
    default:
      return type satisfies never;
  }
}

/** Years before Christ as DuckDB tells them. */
function eraText(text: string, dialect: HashingDialect): string {
  return dialect === "postgres" ? `regexp_replace(${text}, '^(\\S+)(.*) BC$', '\\1 (BC)\\2')` : text;
}

/**
 * A value of which both engines know the least and the greatest: texts by their bytes, whatever the collation of a
 * database.
 */
export function orderedValue(column: Column, dialect: HashingDialect): string {
  switch (column.type.type) {
    case "text":
    case "uuid":
    case "json":
    case "binary":
    case "other":
      return `${comparableText(column, dialect)}${dialect === "postgres" ? ' COLLATE "C"' : ""}`;
    case "boolean":
      return comparableText(column, dialect);
    case "integer":
    case "decimal":
    case "float":
    case "date":
    case "timestamp":
      return quoteName(column.name);
    default:
      return column.type satisfies never;
  }
}

import type { ColumnType } from "./column-type.ts";

/** The engines of which this family speaks the SQL. */
export type Dialect = "duckdb" | "postgres" | "sqlite";

/** What an engine calls a type in DDL and casts. */
export function typeName(type: ColumnType, dialect: Dialect): string {
  switch (type.type) {
    case "boolean":
      return "BOOLEAN";
    case "integer":
      return { 16: "SMALLINT", 32: "INTEGER", 64: "BIGINT" }[type.bits];
    case "decimal":
      return decimalName(type.precision, type.scale, dialect);
    case "float":
      return type.bits === 32 ? "REAL" : dialect === "duckdb" ? "DOUBLE" : "DOUBLE PRECISION";
    case "text":
      return type.length === null ? "TEXT" : `VARCHAR(${type.length})`;
    // SQLite keeps text in these as it is written, since their names hold TEXT (https://sqlite.org/datatype3.html,
    // 3.1).
    case "date":
      return dialect === "sqlite" ? "TEXT_DATE" : "DATE";
    case "timestamp":
      return dialect === "sqlite" ? "TEXT_TIMESTAMP" : "TIMESTAMP";
    case "uuid":
      return dialect === "sqlite" ? "TEXT_UUID" : "UUID";
    // PostgreSQL's jsonb would write the document anew.
    case "json":
      return dialect === "sqlite" ? "TEXT_JSON" : "JSON";
    case "binary":
      return dialect === "postgres" ? "BYTEA" : "BLOB";
    case "other":
      return "TEXT";
    default:
      return type satisfies never;
  }
}

/** The most digits that DuckDB and this family's guardrail hold. */
export const MOST_DIGITS = 38;

/** PostgreSQL alone has decimals of any size; DuckDB needs both numbers, and SQLite would make floats of them. */
function decimalName(precision: number | null, scale: number | null, dialect: Dialect): string {
  const size = precision === null ? "" : `(${precision},${scale ?? 0})`;
  switch (dialect) {
    case "postgres":
      return `NUMERIC${size}`;
    case "sqlite":
      return `TEXT_DECIMAL${size}`;
    case "duckdb":
      return duckDecimal(precision, scale ?? 0);
    default:
      return dialect satisfies never;
  }
}

/** A digit before the point, without which DuckDB would write no zero there. */
function duckDecimal(precision: number | null, scale: number): string {
  const digits = Math.max(precision ?? Number.POSITIVE_INFINITY, scale + 1);
  return digits > MOST_DIGITS ? "VARCHAR" : `DECIMAL(${digits},${scale})`;
}

import type { DuckDBValue } from "@duckdb/node-api";
import type { Value } from "../table/row.ts";

/** A value of DuckDB as it travels; it must be of a type that does: see `travelList`. */
export function toValue(value: DuckDBValue): Value {
  switch (typeof value) {
    case "boolean":
    case "bigint":
    case "string":
    case "number":
      return value;
    default:
      if (value === null) return null;
      throw new TypeError(`A column of a type that does not travel was read: ${String(value)}.`);
  }
}

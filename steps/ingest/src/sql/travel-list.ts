import type { ColumnType } from "../table/column-type.ts";
import type { Column } from "../table/table-schema.ts";
import { typeName } from "../table/type-name.ts";
import { quoteName } from "./quote.ts";

/** A select list of DuckDB that gives every column in the form in which values travel (see `Value`). */
export function travelList(columns: readonly Column[], alias?: string): string {
  return columns
    .map(({ name, type }) => {
      const place = alias === undefined ? quoteName(name) : `${alias}.${quoteName(name)}`;
      return `CAST(${casted(place, type)}) AS ${quoteName(name)}`;
    })
    .join(", ");
}

function casted(place: string, type: ColumnType): string {
  switch (type.type) {
    case "boolean":
      return `${place} AS BOOLEAN`;
    case "integer":
      return `${place} AS BIGINT`;
    case "float":
      return `${place} AS DOUBLE`;
    case "timestamp":
      return `CAST(${place} AS TIMESTAMP) AS VARCHAR`;
    case "date":
      return `CAST(${place} AS DATE) AS VARCHAR`;
    case "binary":
      return `lower(hex(${place})) AS VARCHAR`;
    case "decimal":
      return `CAST(${place} AS ${typeName(type, "duckdb")}) AS VARCHAR`;
    case "text":
    case "uuid":
    case "json":
    case "other":
      return `${place} AS VARCHAR`;
    default:
      return type satisfies never;
  }
}

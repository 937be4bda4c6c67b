import type { ColumnType } from "../table/column-type.ts";
import type { Value } from "../table/row.ts";
import type { Column } from "../table/table-schema.ts";

/** What is wrong with a value as one of its column that travels; undefined where nothing is. */
export function travels(value: Value | undefined, { name, type }: Column): string | undefined {
  if (value === null) return undefined;
  if (value === undefined) return `there is no value for ${name}`;
  return isOf(value, type) ? undefined : `${name} is ${type.type} and holds ${String(value)} (${typeof value})`;
}

function isOf(value: Exclude<Value, null>, { type }: ColumnType): boolean {
  switch (type) {
    case "boolean":
      return typeof value === "boolean";
    case "integer":
      return typeof value === "bigint";
    case "float":
      return typeof value === "number";
    case "decimal":
      return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value);
    case "date":
      return typeof value === "string" && /^\d{4,}-\d\d-\d\d$/.test(value);
    case "timestamp":
      return typeof value === "string" && /^\d{4,}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?$/.test(value);
    case "uuid":
      return typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
    case "binary":
      return typeof value === "string" && /^([0-9a-f]{2})*$/.test(value);
    case "text":
    case "json":
    case "other":
      return typeof value === "string";
    default:
      return type satisfies never;
  }
}

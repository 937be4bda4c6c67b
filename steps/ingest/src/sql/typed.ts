import type { ColumnType } from "../table/column-type.ts";
import type { Value } from "../table/row.ts";
import type { Column } from "../table/table-schema.ts";
import { typeName } from "../table/type-name.ts";
import { quoteName, quoteValue } from "./quote.ts";

/** A select list of DuckDB that casts columns to their types, and gives null for those that are not `present`. */
export function castList(columns: readonly Column[], present?: ReadonlySet<string>): string {
  return columns
    .map(({ name, type }) => {
      const place = present === undefined || present.has(name.toLowerCase()) ? quoteName(name) : "NULL";
      return `CAST(${place} AS ${typeName(type, "duckdb")}) AS ${quoteName(name)}`;
    })
    .join(", ");
}

/** A value written as text, as a literal of a type of DuckDB. */
export function typedLiteral(text: string, type: ColumnType): string {
  return `CAST(${quoteValue(text)} AS ${typeName(type, "duckdb")})`;
}

/** A value written as text, as it travels. A boolean is `true`, or `t`, and bytes begin with `\\x`, as PostgreSQL has it. */
export function fromText(text: string, type: ColumnType): Value {
  switch (type.type) {
    case "integer":
      return BigInt(text);
    case "float":
      return Number(text);
    case "boolean":
      return text === "true" || text === "t";
    case "binary":
      return text.replace(/^\\x/, "");
    case "decimal":
    case "text":
    case "date":
    case "timestamp":
    case "uuid":
    case "json":
    case "other":
      return text;
    default:
      return type satisfies never;
  }
}

/** The names in lower case, by which `castList` knows what is present. */
export function namesOf(columns: readonly Column[]): ReadonlySet<string> {
  return new Set(columns.map(({ name }) => name.toLowerCase()));
}

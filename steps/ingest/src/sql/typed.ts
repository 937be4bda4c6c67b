import type { ColumnType } from "../table/column-type.ts";
import type { Value } from "../table/row.ts";
import { type Column, findColumn } from "../table/table-schema.ts";
import { type Dialect, typeName } from "../table/type-name.ts";
import { quoteName, quoteValue } from "./quote.ts";

/**
 * A select list of DuckDB that gives columns in their types.
 *
 * @param given the columns as they are there, the same where it is left out; one that is missing there is null.
 */
export function castList(columns: readonly Column[], given: readonly Column[] = columns): string {
  return columns
    .map(({ name, type }) => {
      const before = findColumn({ columns: given }, name);
      const place = before === undefined ? "NULL" : quoteName(before.name);
      return `${castTo(place, before?.type, type, "duckdb")} AS ${quoteName(name)}`;
    })
    .join(", ");
}

/** A value in another type. Bytes and truth values become what they travel as, where a cast would give each engine's own text. */
export function castTo(place: string, from: ColumnType | undefined, to: ColumnType, dialect: Dialect): string {
  if (from?.type === "boolean" && to.type === "text" && dialect === "sqlite")
    return `CASE ${place} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END`;
  if (from?.type !== "binary" || to.type === "binary") return `CAST(${place} AS ${typeName(to, dialect)})`;
  return dialect === "postgres" ? `encode(${place}, 'hex')` : `lower(hex(${place}))`;
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

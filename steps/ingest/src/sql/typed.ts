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

/**
 * A value in another type. Bytes and truth values become what they travel as, where a cast would give each engine's own
 * text.
 */
export function castTo(place: string, from: ColumnType | undefined, to: ColumnType, dialect: Dialect): string {
  if (from?.type === "boolean" && to.type === "text" && dialect === "sqlite")
    return `CASE ${place} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END`;
  if (from !== undefined && mayRound(from, to)) return exactFloat(place, from, dialect);
  if (from?.type !== "binary" || to.type === "binary") return `CAST(${place} AS ${typeName(to, dialect)})`;
  return dialect === "postgres" ? `encode(${place}, 'hex')` : `lower(hex(${place}))`;
}

/** Whether numbers of one type can have more digits than a float, the other, keeps. */
export function mayRound(from: ColumnType, to: ColumnType): boolean {
  if (to.type !== "float") return false;
  return (
    (from.type === "integer" && from.bits === 64) || (from.type === "decimal" && (from.precision ?? 0) > FLOAT_DIGITS)
  );
}

/** Digits of which a float of 64 bits keeps every one. */
export const FLOAT_DIGITS = 15;

/** A number as a float that is the same number, or an error. */
function exactFloat(place: string, from: ColumnType, dialect: Dialect): string {
  const [type, float] = [typeName(from, dialect), typeName({ type: "float", bits: 64 }, dialect)];
  const cast = dialect === "duckdb" ? "TRY_CAST" : "CAST";
  const words = quoteValue(` of column ${place} has more digits than a float keeps`);
  const refusal = `CAST(${place} AS VARCHAR) || ${words}`;
  // PostgreSQL has no function that fails with words, but a cast does.
  const failing = dialect === "duckdb" ? `error(${refusal})` : `CAST(${refusal} AS ${float})`;
  const isSame = `${cast}(CAST(${place} AS ${float}) AS ${type}) = ${place}`;
  return `CASE WHEN ${isSame} THEN CAST(${place} AS ${float}) WHEN ${place} IS NOT NULL THEN ${failing} END`;
}

/** A value written as text, as a literal of a type of DuckDB. */
export function typedLiteral(text: string, type: ColumnType): string {
  return `CAST(${quoteValue(text)} AS ${typeName(type, "duckdb")})`;
}

/**
 * A value written as text, as it travels. A boolean is `true`, or `t`, and bytes begin with `\\x`, as PostgreSQL has
 * it.
 */
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

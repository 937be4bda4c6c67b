import type { ColumnType } from "./column-type.ts";
import { findColumn, type TableSchema } from "./table-schema.ts";
import { MOST_DIGITS } from "./type-name.ts";

/** A type that holds all that both hold: the wider of a class, and text where they are of different classes. */
export function unifyTypes(a: ColumnType, b: ColumnType): ColumnType {
  if (a.type === "integer" && b.type === "integer") return a.bits >= b.bits ? a : b;
  if (a.type === "float" && b.type === "float") return a.bits >= b.bits ? a : b;
  if (a.type === "text" && b.type === "text") {
    return { type: "text", length: a.length === null || b.length === null ? null : Math.max(a.length, b.length) };
  }
  if (a.type === "other" && b.type === "other" && a.name === b.name) return a;
  if (isExact(a) && isExact(b)) return unifyDecimals(toDecimal(a), toDecimal(b));
  if (isNumeric(a) && isNumeric(b)) return { type: "float", bits: 64 };
  if (isTime(a) && isTime(b)) return a.type === b.type ? a : { type: "timestamp" };
  if (a.type === b.type && SINGLE.has(a.type)) return a;
  return { type: "text", length: null };
}

/**
 * The schema of a table that takes rows of `incoming`: its columns first, as wide as both need, then those that are
 * new. A column that either side lacks can be null.
 */
export function unifySchemas(table: TableSchema, incoming: TableSchema): TableSchema {
  const kept = table.columns.map((column) => {
    const other = findColumn(incoming, column.name);
    if (other === undefined) return { ...column, nullable: true };
    return {
      name: column.name,
      type: unifyTypes(column.type, other.type),
      nullable: column.nullable || other.nullable,
    };
  });
  const added = incoming.columns.filter(({ name }) => findColumn(table, name) === undefined);
  return { columns: [...kept, ...added.map((column) => ({ ...column, nullable: true }))], key: table.key };
}

/** Types that have no sizes. */
const SINGLE: ReadonlySet<ColumnType["type"]> = new Set(["boolean", "uuid", "json", "binary"]);

type Decimal = Extract<ColumnType, { type: "decimal" }>;

function isExact(type: ColumnType): type is Extract<ColumnType, { type: "integer" | "decimal" }> {
  return type.type === "integer" || type.type === "decimal";
}

function isNumeric(type: ColumnType): boolean {
  return isExact(type) || type.type === "float";
}

function isTime(type: ColumnType): type is Extract<ColumnType, { type: "date" | "timestamp" }> {
  return type.type === "date" || type.type === "timestamp";
}

function toDecimal(type: Extract<ColumnType, { type: "integer" | "decimal" }>): Decimal {
  if (type.type === "decimal") return type;
  return { type: "decimal", precision: { 16: 5, 32: 10, 64: 19 }[type.bits], scale: 0 };
}

function unifyDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.precision === null || b.precision === null) return { type: "decimal", precision: null, scale: null };
  const scale = Math.max(a.scale ?? 0, b.scale ?? 0);
  const whole = Math.max(a.precision - (a.scale ?? 0), b.precision - (b.scale ?? 0));
  if (whole + scale > MOST_DIGITS) return { type: "decimal", precision: null, scale: null };
  return { type: "decimal", precision: whole + scale, scale };
}

import { createHash } from "node:crypto";
import type { ColumnType } from "../table/column-type.ts";
import type { Row, Value } from "../table/row.ts";
import type { Column } from "../table/table-schema.ts";

/**
 * The canonical encoding of a row, as docs/formats/row-encoding.md publishes it: the encodings of its values with a
 * comma behind each.
 */
export function encodeRow(row: Row, columns: readonly Column[]): string {
  return columns.map(({ type }, at) => `${encodeValue(row[at] ?? null, type)},`).join("");
}

/** The hash of a row: MD5 of the encoding's UTF-8, read as an unsigned little-endian integer of 128 bits. */
export function hashRow(row: Row, columns: readonly Column[]): bigint {
  const digest = createHash("md5").update(encodeRow(row, columns), "utf8").digest();
  return digest.readBigUInt64LE(0) | (digest.readBigUInt64LE(8) << 64n);
}

export function encodeValue(value: Value, type: ColumnType): string {
  if (value === null) return "N";
  switch (type.type) {
    case "boolean":
      return value === true ? "T" : "F";
    case "integer":
      return `n${value}`;
    case "decimal":
      return `n${plainDecimal(String(value))}`;
    case "float":
      return `f${floatBits(Number(value))}`;
    case "date":
      return `d${Math.round(Date.parse(`${value}T00:00:00Z`) / 86_400_000)}`;
    case "timestamp":
      return `t${microseconds(String(value))}`;
    case "binary":
      return `x${value}`;
    case "text":
    case "uuid":
    case "json":
    case "other":
      return `s${Buffer.byteLength(String(value))}:${value}`;
    default:
      return type satisfies never;
  }
}

/** Without zeros behind the point that say nothing, and without a minus before zero. */
function plainDecimal(text: string): string {
  const trimmed = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  return trimmed === "-0" ? "0" : trimmed;
}

/** The 64 bits of the number as 16 hex digits; -0 counts as 0, and every NaN as one. */
function floatBits(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(Number.isNaN(value) ? Number.NaN : value === 0 ? 0 : value);
  return bytes.toString("hex");
}

/** Since 1970, in UTC. */
function microseconds(text: string): bigint {
  const [whole = "", fraction = ""] = text.split(".");
  return BigInt(Date.parse(`${whole.replace(" ", "T")}Z`)) * 1000n + BigInt(fraction.padEnd(6, "0").slice(0, 6));
}

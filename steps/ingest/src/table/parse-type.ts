import type { ColumnType } from "./column-type.ts";

/**
 * The type that an engine calls by a name, as DuckDB, PostgreSQL and SQLite write them: `BIGINT`, `numeric(12,2)`,
 * `character varying(20)`, `timestamp without time zone`. What is not known is `other`, by its name as it is quoted.
 */
export function parseType(written: string): ColumnType {
  const [, word = "", first, second] =
    /^([^(]*?)\s*(?:\((\d+)(?:\s*,\s*(-?\d+))?\))?\s*(?:with(?:out)? time zone)?$/i.exec(written.trim()) ?? [];
  const name = word.toLowerCase().replace(/^text_/, "");
  const bits = INTEGERS[name];
  if (bits !== undefined) return { type: "integer", bits };
  if (DECIMALS.has(name)) return decimal(digits(first), Number(second ?? 0));
  if (TEXTS.has(name)) return { type: "text", length: digits(first) };
  const fixed = FIXED[name];
  return fixed ?? { type: "other", name: written.includes('"') ? written.trim() : written.trim().toLowerCase() };
}

const INTEGERS: Readonly<Record<string, 16 | 32 | 64>> = {
  tinyint: 16,
  utinyint: 16,
  smallint: 16,
  int2: 16,
  usmallint: 32,
  integer: 32,
  int: 32,
  int4: 32,
  uinteger: 64,
  bigint: 64,
  int8: 64,
};

const DECIMALS = new Set(["decimal", "numeric", "number"]);
const TEXTS = new Set(["varchar", "character varying", "character", "char", "bpchar", "text", "varchar2", "string"]);

const FIXED: Readonly<Record<string, ColumnType>> = {
  boolean: { type: "boolean" },
  bool: { type: "boolean" },
  real: { type: "float", bits: 32 },
  float4: { type: "float", bits: 32 },
  float: { type: "float", bits: 64 },
  double: { type: "float", bits: 64 },
  "double precision": { type: "float", bits: 64 },
  float8: { type: "float", bits: 64 },
  hugeint: { type: "decimal", precision: 38, scale: 0 },
  ubigint: { type: "decimal", precision: 20, scale: 0 },
  date: { type: "date" },
  timestamp: { type: "timestamp" },
  timestamptz: { type: "timestamp" },
  datetime: { type: "timestamp" },
  timestamp_s: { type: "timestamp" },
  timestamp_ms: { type: "timestamp" },
  timestamp_ns: { type: "timestamp" },
  uuid: { type: "uuid" },
  json: { type: "json" },
  jsonb: { type: "json" },
  blob: { type: "binary" },
  bytea: { type: "binary" },
  binary: { type: "binary" },
  varbinary: { type: "binary" },
};

/** PostgreSQL knows scales below zero, and above the precision; elsewhere more digits hold the same numbers. */
function decimal(precision: number | null, scale: number): ColumnType {
  if (precision === null) return { type: "decimal", precision: null, scale: null };
  return { type: "decimal", precision: Math.max(precision, precision - scale, scale), scale: Math.max(scale, 0) };
}

function digits(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}

import { quoteName, quoteValue } from "../sql/quote.ts";
import type { ColumnType } from "../table/column-type.ts";
import type { Column } from "../table/table-schema.ts";

/** The engines that reproduce the canonical encoding by themselves. */
export type HashingDialect = "duckdb" | "postgres";

/** The canonical encoding of a row as an expression; what `encodeRow` gives. */
export function rowEncoding(columns: readonly Column[], dialect: HashingDialect): string {
  return concatenated(columns.map(({ name, type }) => `${valueEncoding(quoteName(name), type, dialect)} || ','`));
}

/** By halves, so that many columns make no expression that is too deep. */
function concatenated(texts: readonly string[]): string {
  if (texts.length < 2) return texts.join("");
  const half = texts.length >> 1;
  return `(${concatenated(texts.slice(0, half))}) || (${concatenated(texts.slice(half))})`;
}

/**
 * What can stand behind FROM for the hashes of rows, as `hashSums` takes them, beside what `also` selects.
 *
 * @param rows what stands behind FROM for the rows, and their WHERE.
 */
export function hashedRows(columns: readonly Column[], rows: string, dialect: HashingDialect, also = ""): string {
  const encoding = rowEncoding(columns, dialect);
  switch (dialect) {
    case "duckdb":
      return `(SELECT ${also} ${encoding} AS _ingest_hash FROM ${rows}) AS hashed`;
    case "postgres":
      // Without OFFSET it would reckon the hash anew wherever a part of it is asked for.
      return `(SELECT ${also} md5(${encoding}) AS _ingest_hash FROM ${rows} OFFSET 0) AS hashed`;
    default:
      return dialect satisfies never;
  }
}

/**
 * Four sums over the hashes of all rows, by 32 bits each, the least first: expressions for a select list. Together they
 * are the sum of the hashes.
 */
export function hashSums(dialect: HashingDialect): readonly string[] {
  switch (dialect) {
    case "duckdb": {
      const [low, high] = ["md5_number_upper(_ingest_hash)", "md5_number_lower(_ingest_hash)"];
      return [`sum(${low} & 4294967295)`, `sum(${low} >> 32)`, `sum(${high} & 4294967295)`, `sum(${high} >> 32)`];
    }
    case "postgres":
      return [0, 1, 2, 3].map((limb) => `sum(${postgresLimb("_ingest_hash", limb)})`);
    default:
      return dialect satisfies never;
  }
}

/** The first hex digits of the hash of a row's key, by which rows fall into buckets that every engine forms alike. */
export function bucketOf(key: readonly Column[], digits: number, dialect: HashingDialect): string {
  return `substr(md5(${rowEncoding(key, dialect)}), 1, ${digits})`;
}

/** Whether a row lies in one of the parts, which are named by equally many digits; in any where none is named. */
export function inParts(key: readonly Column[], prefixes: readonly string[], dialect: HashingDialect): string {
  const digits = prefixes[0]?.length ?? 0;
  if (digits === 0) return "TRUE";
  return `${bucketOf(key, digits, dialect)} IN (${prefixes.map(quoteValue).join(", ")})`;
}

/** Bytes of a hash are read from the least on; PostgreSQL reads hex digits from the greatest. */
function postgresLimb(hash: string, limb: number): string {
  const bytes = [3, 2, 1, 0].map((byte) => `substr(${hash}, ${limb * 8 + byte * 2 + 1}, 2)`);
  return `('x' || ${bytes.join(" || ")})::bit(32)::bigint`;
}

function valueEncoding(place: string, type: ColumnType, dialect: HashingDialect): string {
  return `CASE WHEN ${place} IS NULL THEN 'N' ELSE ${presentEncoding(place, type, dialect)} END`;
}

function presentEncoding(place: string, type: ColumnType, dialect: HashingDialect): string {
  const isDuck = dialect === "duckdb";
  switch (type.type) {
    case "boolean":
      return `CASE WHEN ${place} THEN 'T' ELSE 'F' END`;
    case "integer":
      return `'n' || CAST(${place} AS VARCHAR)`;
    case "decimal":
      return `'n' || ${plainDecimal(`CAST(${place} AS VARCHAR)`)}`;
    case "float":
      return `'f' || ${isDuck ? duckBits(place) : postgresBits(place)}`;
    case "date":
      return `'d' || ${sinceEpoch(`CAST(${place} AS DATE)`, (day) => `${day} - DATE '1970-01-01'`)}`;
    case "timestamp":
      return `'t' || ${sinceEpoch(`CAST(${place} AS TIMESTAMP)`, (time) =>
        isDuck ? `epoch_us(${time})` : `CAST(extract(epoch FROM ${time}) * 1000000 AS BIGINT)`,
      )}`;
    case "binary":
      return `'x' || ${hexDigits(place, dialect)}`;
    case "text":
    case "uuid":
    case "json":
    case "other": {
      const text = `CAST(${place} AS VARCHAR)`;
      return `'s' || CAST(${isDuck ? "strlen" : "octet_length"}(${text}) AS VARCHAR) || ':' || ${text}`;
    }
    default:
      return type satisfies never;
  }
}

/** A number since 1970; of `infinity` and `-infinity`, which have none, their names. */
function sinceEpoch(time: string, number: (time: string) => string): string {
  return `CASE WHEN isfinite(${time}) THEN CAST((${number(time)}) AS VARCHAR) ELSE CAST(${time} AS VARCHAR) END`;
}

/** Bytes as they travel. */
export function hexDigits(place: string, dialect: HashingDialect): string {
  return dialect === "duckdb" ? `lower(hex(${place}))` : `encode(${place}, 'hex')`;
}

function plainDecimal(text: string): string {
  const trimmed = `CASE WHEN strpos(${text}, '.') > 0 THEN rtrim(rtrim(${text}, '0'), '.') ELSE ${text} END`;
  return `CASE ${trimmed} WHEN '-0' THEN '0' ELSE ${trimmed} END`;
}

function duckBits(place: string): string {
  const value = `CASE WHEN CAST(${place} AS DOUBLE) = 0 THEN CAST(0 AS DOUBLE) WHEN isnan(CAST(${place} AS DOUBLE)) THEN CAST('NaN' AS DOUBLE) ELSE CAST(${place} AS DOUBLE) END`;
  return `lower(hex(CAST(CAST(${value} AS BIT) AS BLOB)))`;
}

/** PostgreSQL holds a single NaN. */
function postgresBits(place: string): string {
  const value = `CASE WHEN CAST(${place} AS DOUBLE PRECISION) = 0 THEN CAST(0 AS DOUBLE PRECISION) ELSE CAST(${place} AS DOUBLE PRECISION) END`;
  return `encode(float8send(${value}), 'hex')`;
}

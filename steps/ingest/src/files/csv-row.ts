import { quoteName, quoteValue } from "../sql/quote.ts";
import type { Column } from "../table/table-schema.ts";
import { typeName } from "../table/type-name.ts";

/** Bytes of a row of CSV: as many as DuckDB reads at once by itself, which alone would take rows of 2,000,000. */
export const LONGEST_ROW = 32_000_000;

/**
 * The condition that a row can be read again once it is written as CSV; where it can't, it raises an error. Most rows
 * are so short that this shows without looking into their values.
 */
export function csvRowFits(columns: readonly Column[]): string {
  const [most, bytes] = [columns.map(mostBytes).join(" + "), columns.map(bytesOf).join(" + ")];
  const words = ` bytes as CSV, of which no more than ${LONGEST_ROW} can be read again: load into parquet, or leave a column out by columns.`;
  const refusal = `error('A row has ' || (${bytes}) || ${quoteValue(words)})`;
  return `CASE WHEN ${most} <= ${LONGEST_ROW} THEN TRUE WHEN ${bytes} <= ${LONGEST_ROW} THEN TRUE ELSE ${refusal} END`;
}

/** Quotes around a value, and what stands behind it. */
const AROUND = 3;

/** What a value that is no text takes at most, as a number or a time. */
const OF_OTHERS = 60;

function mostBytes({ name, type }: Column): string {
  const column = quoteName(name);
  const written = typeName(type, "duckdb");
  if (written === "BLOB") return `4 * coalesce(octet_length(${column}), 0) + ${AROUND}`;
  if (/^(TEXT|VARCHAR|JSON)/.test(written)) return `2 * coalesce(strlen(${column}), 0) + ${AROUND}`;
  return String(OF_OTHERS);
}

function bytesOf({ name }: Column): string {
  return `coalesce(strlen(replace(CAST(${quoteName(name)} AS VARCHAR), '"', '""')), 0) + ${AROUND}`;
}

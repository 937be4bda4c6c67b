import { quoteName } from "./quote.ts";

/** Whether a row of the table under `alias` has a key that stands among the rows. */
export function amongRows(rows: string, key: readonly string[], alias: string, also = "TRUE"): string {
  return `EXISTS (SELECT 1 FROM ${rows} AS r WHERE ${sameKey(key, "r", alias)} AND ${also})`;
}

/** Whether rows of two tables have the same key. */
export function sameKey(key: readonly string[], a: string, b: string): string {
  return key.map((name) => `${a}.${quoteName(name)} = ${b}.${quoteName(name)}`).join(" AND ");
}

import type { Change } from "../endpoint/writer.ts";
import { sameKey } from "../sql/among-rows.ts";
import { HISTORY } from "../sql/history.ts";
import { quoteName, quoteNames } from "../sql/quote.ts";
import { valuesList } from "./parts.ts";
import { MATCHED, VERSIONS } from "./working-tables.ts";

/**
 * Finds, in one pass over its keys, what a change meets in the table as it is. A join, since DuckDB then skips the
 * files and row groups whose keys lie outside of those that are looked for.
 *
 * @param old what stands behind FROM for the table as it is.
 */
export async function matchRows(change: Change, old: string, partitionBy: readonly string[]): Promise<void> {
  const { key, duckdb, strategy } = change;
  const parts = partitionBy.length === 0 ? "" : `, ${valuesList(partitionBy, "t")}`;
  const where = strategy === "scd2" ? `WHERE t.${HISTORY.current}` : "";
  await duckdb.run(`CREATE TABLE ${MATCHED} AS SELECT ${quoteNames(key, "t")}${parts} FROM ${old} AS t
    JOIN ${keysOf(change)} AS n ON ${sameKey(key, "n", "t")} ${where}`);
}

/** Versions have a key more than once, rows that are merged or added by it do not. */
function keysOf({ strategy, rows, key }: Change): string {
  return strategy === "scd2" ? `(SELECT DISTINCT ${quoteNames(key)} FROM ${VERSIONS})` : quoteName(rows);
}

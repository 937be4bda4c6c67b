import { StepError } from "@orchestrate/sdk";
import type { DuckConnection } from "../duckdb/duckdb.ts";
import { quoteName } from "../sql/quote.ts";

/**
 * Refuses rows without a value in a column of the key.
 *
 * @param rows name of their table or view.
 * @throws StepError `key-null` (input).
 */
export async function refuseNullKeys(duckdb: DuckConnection, rows: string, key: readonly string[]): Promise<void> {
  if (key.length === 0) return;
  const isNull = key.map((name) => `${quoteName(name)} IS NULL`).join(" OR ");
  const [row] = await duckdb.rows(`SELECT count(*) FROM ${rows} WHERE ${isNull}`);
  const count = Number(row?.[0]);
  if (count === 0) return;
  throw new StepError({
    error: "key-null",
    category: "input",
    detail: `${count === 1 ? "1 row has" : `${count} rows have`} no value in the key ${key.join(", ")}.`,
    hint: "Choose a key that every row has, or mend the source.",
  });
}

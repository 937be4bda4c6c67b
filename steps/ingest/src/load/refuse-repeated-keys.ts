import { StepError } from "@orchestrate/sdk";
import type { DuckConnection } from "../duckdb/duckdb.ts";
import { quoteName, quoteNames } from "../sql/quote.ts";

/**
 * Refuses keys that stand in several rows, of which nothing tells the newest.
 *
 * @param rows name of the table or view.
 * @throws StepError `key-repeats` (input), which names one of them.
 */
export async function refuseRepeatedKeys(duckdb: DuckConnection, rows: string, key: readonly string[]): Promise<void> {
  const keys = quoteNames(key);
  const texts = key.map((name) => `CAST(${quoteName(name)} AS VARCHAR)`).join(", ");
  const [first] = await duckdb.rows(
    `SELECT count(*) OVER (), ${texts} FROM ${rows} GROUP BY ${keys} HAVING count(*) > 1 ORDER BY ${keys} LIMIT 1`,
  );
  if (first === undefined) return;
  const [count, ...values] = first;
  throw new StepError({
    error: "key-repeats",
    category: "input",
    detail: `${count === 1n ? "1 key" : `${count} keys`} (${key.join(", ")}) ${count === 1n ? "stands" : "stand"} in several rows, as ${values.join(", ")} does, and without a cursor none is the newest.`,
    hint: "Choose a key that tells rows apart, mend the source, or load by a cursor.",
  });
}

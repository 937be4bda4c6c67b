import type { DuckConnection } from "../duckdb/duckdb.ts";
import { quoteName, quoteNames, quoteValue } from "../sql/quote.ts";
import { castList } from "../sql/typed.ts";
import type { Column } from "../table/table-schema.ts";
import type { Changes, LoadConfig } from "./load-config.ts";
import { refuseNullKeys } from "./refuse-null-keys.ts";

/** The table, or view, of rows that a load brings to its target. */
export const DELTA = "ingest_delta";

/** What a delta is made from. */
export interface DeltaOf {
  /** What stands behind FROM: the rows that were read, with `_ingest_read` and `_ingest_arrival`; see `Extracted`. */
  readonly rows: string;
  /** The columns of these rows. */
  readonly read: readonly Column[];
  /** The columns of the target; those that the rows lack are null. */
  readonly columns: readonly Column[];
  readonly key: readonly string[];
  readonly cursor: Column;
  readonly changes: Changes;
  readonly strategy: LoadConfig["strategy"];
  /** Whether neither these rows nor the delta are changed any more, so that it may be a view of them. */
  readonly isFinal: boolean;
}

/**
 * Makes the delta: with `_ingest_deleted`, `_ingest_order` and `_ingest_at`. Where rows are merged by key, the newest
 * of each is kept: what was read again, then by cursor, then by the order in which they arrived; its order is 0. A row
 * may have been dated back since it was read first, and so the cursor alone does not tell.
 */
export async function makeDelta(duckdb: DuckConnection, of: DeltaOf): Promise<void> {
  const { rows, read, columns, key, cursor, changes, strategy, isFinal } = of;
  const [at, keys] = [quoteName(cursor.name), quoteNames(key)];
  const isMerged = strategy === "scd1" || (strategy === "append" && key.length > 0);
  const repeats = isMerged
    ? await duckdb.rows(`SELECT 1 FROM ${rows} GROUP BY ${keys} HAVING count(*) > 1 LIMIT 1`)
    : [];
  const newest = `QUALIFY row_number() OVER (PARTITION BY ${keys} ORDER BY _ingest_read DESC, ${at} DESC, _ingest_arrival DESC) = 1`;
  const order = strategy === "scd1" ? "0" : `row_number() OVER (ORDER BY _ingest_read, ${at}, _ingest_arrival) - 1`;
  // Rows that stay as they were read need not be written down again.
  const isAsRead = strategy === "scd1" && repeats.length === 0 && isFinal;
  await duckdb.run(`CREATE ${isAsRead ? "VIEW" : "TABLE"} ${DELTA} AS
    SELECT ${castList(columns, read)}, ${deletion(changes)} AS _ingest_deleted, CAST(${order} AS BIGINT) AS _ingest_order, ${at} AS _ingest_at
    FROM ${rows} ${repeats.length === 0 ? "" : newest}`);
  await refuseNullKeys(duckdb, DELTA, key);
}

function deletion(changes: Changes): string {
  switch (changes.mode) {
    case "full":
    case "cursor":
    case "cursor+key-sweep":
      return "FALSE";
    case "cursor+tombstone": {
      const mark = quoteName(changes.tombstone);
      return `coalesce(lower(CAST(${mark} AS VARCHAR)) NOT IN ('false', 'f', '0', 'n', 'no', ''), FALSE)`;
    }
    case "changelog":
      return `coalesce(CAST(${quoteName(changes.operation)} AS VARCHAR) IN (${changes.deletes.map(quoteValue).join(", ")}), FALSE)`;
    default:
      return changes satisfies never;
  }
}

import type { Applied, Change } from "../endpoint/writer.ts";
import { amongRows } from "../sql/among-rows.ts";
import { HISTORY } from "../sql/history.ts";
import { quoteName } from "../sql/quote.ts";
import type { Row } from "../table/row.ts";
import { MATCHED, VERSIONS } from "./working-tables.ts";

/**
 * How many rows a change of files touched. Those that are copied out tell it where nothing is merged.
 *
 * @param old what stands behind FROM for the table as it was; undefined where there was none.
 */
export async function countChange(change: Change, old: string | undefined, copied: number): Promise<Applied> {
  const { strategy, rows, key, duckdb } = change;
  switch (strategy) {
    case "full":
    case "append":
      return { written: copied, deleted: 0 };
    case "scd1": {
      const gone = old === undefined ? "FALSE" : amongRows(MATCHED, key, "n");
      const counts = `count(*) FILTER (NOT n._ingest_deleted), count(*) FILTER (n._ingest_deleted AND ${gone})`;
      return toApplied(await duckdb.rows(`SELECT ${counts} FROM ${quoteName(rows)} AS n`));
    }
    case "scd2": {
      const follows = amongRows(VERSIONS, key, "v", `r.${HISTORY.from} = v.${HISTORY.to} AND r._ingest_order >= 0`);
      const ended = `v._ingest_order < 0 AND NOT v.${HISTORY.current} AND NOT ${follows}`;
      const counts = `count(*) FILTER (v._ingest_order >= 0), count(*) FILTER (${ended})`;
      return toApplied(await duckdb.rows(`SELECT ${counts} FROM ${VERSIONS} AS v`));
    }
    default:
      return strategy satisfies never;
  }
}

function toApplied(rows: readonly Row[]): Applied {
  const [written, deleted] = rows[0] ?? [];
  return { written: Number(written), deleted: Number(deleted) };
}

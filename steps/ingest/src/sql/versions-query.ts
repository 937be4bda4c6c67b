import { sameKey } from "./among-rows.ts";
import { HISTORY } from "./history.ts";
import { quoteName, quoteNames } from "./quote.ts";

/** What a query of versions reads. `history` and `rows` are tables or queries that can stand behind FROM. */
export interface VersionsOf {
  readonly history: string;
  readonly rows: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

/**
 * For every key among the rows: its current version as it now stands, closed where something follows, and the versions
 * that the rows add. A row equal to the one before it adds none, and nor does a deletion of what is not there. Where an
 * instant lies before that of the version it follows, it counts as equal to it, so that no version ends before it
 * begins.
 *
 * One text for DuckDB, PostgreSQL and SQLite.
 */
export function versionsQuery({ history, rows, columns, key }: VersionsOf): string {
  const list = quoteNames(columns);
  const keys = quoteNames(key);
  const order = `PARTITION BY ${keys} ORDER BY _ingest_order`;
  const before = columns
    .map((name, at) => `lag(${quoteName(name)}) OVER (${order}) AS _ingest_before_${at}`)
    .join(", ");
  const differs = columns.map((name, at) => `${quoteName(name)} IS DISTINCT FROM _ingest_before_${at}`).join(" OR ");
  return `WITH _sequence AS (
    SELECT ${list}, _ingest_deleted, _ingest_order, _ingest_at FROM ${rows} AS r
    UNION ALL
    SELECT ${quoteNames(columns, "h")}, FALSE, -1, ${HISTORY.from} FROM ${history} AS h
    JOIN (SELECT DISTINCT ${keys} FROM ${rows} AS r) AS r ON ${sameKey(key, "r", "h")} WHERE h.${HISTORY.current}
  ), _followed AS (
    SELECT *, lag(_ingest_deleted) OVER (${order}) AS _ingest_before_deleted, ${before} FROM _sequence
  ), _changes AS (
    SELECT ${list}, _ingest_deleted, _ingest_order, max(_ingest_at) OVER (${order} ROWS UNBOUNDED PRECEDING) AS _ingest_at
    FROM _followed
    WHERE _ingest_order = -1 OR (_ingest_deleted AND NOT coalesce(_ingest_before_deleted, TRUE))
      OR (NOT _ingest_deleted AND (coalesce(_ingest_before_deleted, TRUE) OR ${differs}))
  ), _ended AS (
    SELECT *, lead(_ingest_at) OVER (${order}) AS _ingest_until, lead(_ingest_order) OVER (${order}) AS _ingest_next FROM _changes
  )
  SELECT ${list}, _ingest_at AS ${HISTORY.from}, _ingest_until AS ${HISTORY.to}, _ingest_next IS NULL AS ${HISTORY.current}, _ingest_order
  FROM _ended WHERE NOT _ingest_deleted`;
}

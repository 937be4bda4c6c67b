import { amongRows } from "./among-rows.ts";
import { HISTORY } from "./history.ts";
import { quoteNames } from "./quote.ts";
import { type VersionsOf, versionsQuery } from "./versions-query.ts";

/** One statement, and what the number of rows it changes counts for. */
export interface ChangeStatement {
  readonly sql: string;
  readonly counts: "written" | "deleted" | "nothing";
}

/**
 * The statements that apply a change of kind SCD2, in order: the current version leaves the table and comes back as it
 * now stands, together with those that follow it. They read alike in PostgreSQL and SQLite.
 *
 * @param of history and rows are tables of one database, named as they stand in SQL.
 */
export function historyStatements(of: VersionsOf): readonly ChangeStatement[] {
  const { history, columns, key } = of;
  const list = quoteNames([...columns, HISTORY.from, HISTORY.to, HISTORY.current]);
  return [
    { sql: `CREATE TEMPORARY TABLE ingest_versions AS ${versionsQuery(of)}`, counts: "nothing" },
    {
      sql: `DELETE FROM ${history} WHERE ${HISTORY.current} AND (${quoteNames(key)}) IN (SELECT ${quoteNames(key)} FROM ingest_versions)`,
      counts: "nothing",
    },
    {
      sql: `INSERT INTO ${history} (${list}) SELECT ${list} FROM ingest_versions WHERE _ingest_order >= 0`,
      counts: "written",
    },
    {
      sql: `INSERT INTO ${history} (${list}) SELECT ${list} FROM ingest_versions AS v WHERE _ingest_order < 0 AND ${ended(key)}`,
      counts: "deleted",
    },
    {
      sql: `INSERT INTO ${history} (${list}) SELECT ${list} FROM ingest_versions AS v WHERE _ingest_order < 0 AND NOT ${ended(key)}`,
      counts: "nothing",
    },
    { sql: "DROP TABLE ingest_versions", counts: "nothing" },
  ];
}

/** Whether a version among `ingest_versions AS v` was closed and no other follows it. */
function ended(key: readonly string[]): string {
  const follows = amongRows(
    "ingest_versions",
    key,
    "v",
    `r.${HISTORY.from} = v.${HISTORY.to} AND r._ingest_order >= 0`,
  );
  return `(NOT v.${HISTORY.current} AND NOT ${follows})`;
}

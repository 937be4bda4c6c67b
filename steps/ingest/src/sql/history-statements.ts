import { amongRows } from "./among-rows.ts";
import { HISTORY } from "./history.ts";
import { quoteNames } from "./quote.ts";
import { versionsQuery } from "./versions-query.ts";

/** A change of the history `target` by the rows of `rows`, both tables of one database; names as they stand in SQL. */
export interface StatementsOf {
  readonly target: string;
  readonly rows: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

/** One statement, and what the number of rows it changes counts for. */
export interface ChangeStatement {
  readonly sql: string;
  readonly counts: "written" | "deleted" | "nothing";
}

/**
 * The statements that apply a change of kind SCD2, in order: the current version leaves the table and comes back as it now
 * stands, together with those that follow it. They read alike in PostgreSQL and SQLite.
 */
export function historyStatements({ target, rows, columns, key }: StatementsOf): readonly ChangeStatement[] {
  const list = quoteNames([...columns, HISTORY.from, HISTORY.to, HISTORY.current]);
  const versions = versionsQuery({ history: target, rows, columns, key });
  return [
    { sql: `CREATE TEMPORARY TABLE ingest_versions AS ${versions}`, counts: "nothing" },
    {
      sql: `DELETE FROM ${target} WHERE ${HISTORY.current} AND (${quoteNames(key)}) IN (SELECT ${quoteNames(key)} FROM ingest_versions)`,
      counts: "nothing",
    },
    {
      sql: `INSERT INTO ${target} (${list}) SELECT ${list} FROM ingest_versions WHERE _order >= 0`,
      counts: "written",
    },
    {
      sql: `INSERT INTO ${target} (${list}) SELECT ${list} FROM ingest_versions AS v WHERE _order < 0 AND ${ended(key)}`,
      counts: "deleted",
    },
    {
      sql: `INSERT INTO ${target} (${list}) SELECT ${list} FROM ingest_versions AS v WHERE _order < 0 AND NOT ${ended(key)}`,
      counts: "nothing",
    },
    { sql: "DROP TABLE ingest_versions", counts: "nothing" },
  ];
}

/** Whether a version among `ingest_versions AS v` was closed and no other follows it. */
function ended(key: readonly string[]): string {
  const follows = amongRows("ingest_versions", key, "v", `r.${HISTORY.from} = v.${HISTORY.to} AND r._order >= 0`);
  return `(NOT v.${HISTORY.current} AND NOT ${follows})`;
}

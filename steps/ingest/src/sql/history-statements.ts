import type { Strategy } from "../endpoint/endpoint.ts";
import { HISTORY } from "./history.ts";
import { quoteName, quoteNames } from "./quote.ts";
import { versionsQuery } from "./versions-query.ts";

/** A change of `target` by the rows of `rows`, both tables of one database; names as they stand in SQL. */
export interface StatementsOf {
  readonly strategy: Exclude<Strategy, "full">;
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

/** The statements that apply a change, in order. They read alike in PostgreSQL and SQLite. */
export function changeStatements(of: StatementsOf): readonly ChangeStatement[] {
  const { strategy, target, rows, columns, key } = of;
  const list = quoteNames(columns);
  const insert = `INSERT INTO ${target} (${list}) SELECT ${list} FROM ${rows} AS r WHERE NOT r._deleted ORDER BY _order`;
  const conflict = `ON CONFLICT (${quoteNames(key)})`;
  switch (strategy) {
    case "append":
      return [{ sql: `${insert} ${conflict} DO NOTHING`, counts: "written" }];
    case "scd1":
      return [
        { sql: `DELETE FROM ${target} AS t WHERE ${amongRows(rows, key, "t", "r._deleted")}`, counts: "deleted" },
        { sql: `${insert} ${conflict} ${onConflict(columns, key)}`, counts: "written" },
      ];
    case "scd2":
      return historyStatements(of);
    default:
      return strategy satisfies never;
  }
}

function onConflict(columns: readonly string[], key: readonly string[]): string {
  const rest = columns.filter((name) => !key.includes(name));
  if (rest.length === 0) return "DO NOTHING";
  return `DO UPDATE SET ${rest.map((name) => `${quoteName(name)} = excluded.${quoteName(name)}`).join(", ")}`;
}

/** Whether a row of the table under `alias` has a key that stands among the rows. */
export function amongRows(rows: string, key: readonly string[], alias: string, also = "TRUE"): string {
  const same = key.map((name) => `r.${quoteName(name)} = ${alias}.${quoteName(name)}`).join(" AND ");
  return `EXISTS (SELECT 1 FROM ${rows} AS r WHERE ${same} AND ${also})`;
}

/** The current version leaves the table and comes back as it now stands, together with those that follow it. */
function historyStatements(of: StatementsOf): readonly ChangeStatement[] {
  const { target, rows, columns, key } = of;
  const list = quoteNames([...columns, HISTORY.from, HISTORY.to, HISTORY.current]);
  const versions = versionsQuery({ history: target, rows, columns, key });
  return [
    { sql: `CREATE TEMPORARY TABLE ingest_versions AS ${versions}`, counts: "nothing" },
    {
      sql: `DELETE FROM ${target} AS t WHERE t.${HISTORY.current} AND ${amongRows("ingest_versions", key, "t")}`,
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

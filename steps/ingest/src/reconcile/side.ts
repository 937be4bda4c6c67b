import type { DuckConnection } from "../duckdb/duckdb.ts";
import type { Endpoint, OpenEndpoint } from "../endpoint/endpoint.ts";
import { HISTORY, isHistory, withoutHistory } from "../sql/history.ts";
import { quoteName } from "../sql/quote.ts";
import { castTo } from "../sql/typed.ts";
import type { Row } from "../table/row.ts";
import { type Column, findColumn, type TableSchema } from "../table/table-schema.ts";
import type { HashingDialect } from "./encoding-sql.ts";

/** One of two tables that are compared: what stands behind FROM, and where a query of it is run. */
export interface Side {
  readonly label: string;
  readonly dialect: HashingDialect;
  readonly from: string;
  query(sql: string): Promise<readonly Row[]>;
}

/** A side that is there, with the schema of the rows that are compared: of a history, those of current versions. */
export interface FoundSide {
  readonly endpoint: Endpoint;
  readonly open: OpenEndpoint;
  readonly schema: TableSchema;
  readonly isHistory: boolean;
}

export async function findSide(endpoint: Endpoint, open: OpenEndpoint): Promise<FoundSide | undefined> {
  const schema = await open.describe();
  if (schema === undefined) return undefined;
  return { endpoint, open, schema: withoutHistory(schema), isHistory: isHistory(schema) };
}

/**
 * Makes a side comparable in the columns given, cast to their types. A database that reproduces the encoding works by
 * itself; what DuckDB can read is read by it; the rows of all others are brought into DuckDB first.
 */
export async function makeSide(
  { endpoint, open, schema, isHistory }: FoundSide,
  columns: readonly Column[],
  duckdb: DuckConnection,
  role: "source" | "target",
): Promise<Side> {
  const own = columns.map(({ name, type }) => ({ name, type, own: findColumn(schema, name)! }));
  const where = isHistory ? ` WHERE ${HISTORY.current}` : "";
  const { pushdown, relation } = open;
  const casts = (dialect: HashingDialect) =>
    own
      .map(({ name, own, type }) => `${castTo(quoteName(own.name), own.type, type, dialect)} AS ${quoteName(name)}`)
      .join(", ");
  if (pushdown?.dialect === "postgres") {
    const from = `(SELECT ${casts("postgres")} FROM ${pushdown.from}${where}) AS side`;
    return { label: endpoint.label, dialect: "postgres", from, query: pushdown.query };
  }
  const query = (sql: string) => duckdb.rows(sql);
  if (relation !== undefined) {
    const from = `(SELECT ${casts("duckdb")} FROM ${relation}${where}) AS side`;
    return { label: endpoint.label, dialect: "duckdb", from, query };
  }
  const table = `ingest_side_${role}`;
  const current: readonly Column[] = isHistory
    ? [{ name: HISTORY.current, type: { type: "boolean" }, nullable: false }]
    : [];
  const read = [...own.map((each) => each.own), ...current];
  await duckdb.fill(table, read, open.read({ columns: read.map(({ name }) => name) }));
  return {
    label: endpoint.label,
    dialect: "duckdb",
    from: `(SELECT ${casts("duckdb")} FROM ${table}${where}) AS side`,
    query,
  };
}

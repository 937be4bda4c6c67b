import type { Client } from "pg";
import { sameKey } from "../sql/among-rows.ts";
import { databaseRefused } from "../sql/database-refused.ts";
import { quoteName, quoteNames, quoteValue } from "../sql/quote.ts";
import type { SqlConnection } from "../sql/sql-connection.ts";
import type { ColumnType } from "../table/column-type.ts";
import type { Row, Value } from "../table/row.ts";
import type { Column } from "../table/table-schema.ts";
import { typeName } from "../table/type-name.ts";

/** Statements of a PostgreSQL database. Values of a query come as text, in the server's own writing. */
export function postgresConnection(client: Client): SqlConnection {
  return {
    dialect: "postgres",
    async begin(subject) {
      const lock = `SELECT pg_advisory_xact_lock(hashtext('orchestrate_ingest'), hashtext(${quoteValue(subject)}))`;
      await told(() => client.query(`BEGIN; ${lock}`));
    },
    run: async (sql) => (await told(() => client.query(sql))).rowCount ?? 0,
    async query(sql) {
      const config = { text: sql, rowMode: "array", types: { getTypeParser: () => asText } } as const;
      const { rows } = await told(() => client.query<(string | null)[]>(config));
      return rows as readonly Row[];
    },
    insert(table, columns, batches, conflict = "") {
      const names = quoteNames(columns.map(({ name }) => name));
      const text = `INSERT INTO ${table} (${names}) ${arrived(columns)} ${conflict}`;
      return runEach(client, text, columns, batches);
    },
    remove(table, key, batches) {
      const names = key.map(({ name }) => name);
      const text = `DELETE FROM ${table} AS t USING (${arrived(key)}) AS r WHERE ${sameKey(names, "r", "t")}`;
      return runEach(client, text, key, batches);
    },
  };
}

/** The query of a batch's rows, which arrive as one array for each column. */
function arrived(columns: readonly Column[]): string {
  const arrays = columns.map(({ type }, at) => `$${at + 1}::${elementType(type)}[]`);
  const names = columns.map(({ name }) => quoteName(name));
  const values = columns.map(({ type }, at) => (type.type === "other" ? `${names[at]}::${type.name}` : names[at]));
  return `SELECT ${values.join(", ")} FROM unnest(${arrays.join(", ")}) AS r(${names.join(", ")})`;
}

/**
 * The type of an array's elements. What has no counterpart elsewhere arrives as text, and then becomes what the table's
 * own column is. Texts arrive without a limit, since a cast would cut what is too long, and an insertion refuses it.
 */
function elementType(type: ColumnType): string {
  return type.type === "other" || type.type === "text" ? "text" : typeName(type, "postgres");
}

/** Runs a statement with each batch, and gives how many rows it changed in all. */
async function runEach(
  client: Client,
  text: string,
  columns: readonly Column[],
  batches: AsyncIterable<readonly Row[]>,
): Promise<number> {
  let changed = 0;
  for await (const rows of batches) {
    const values = columns.map((_, at) => rows.map((row) => sent(row[at] ?? null, columns[at]!)));
    changed += (await told(() => client.query(text, values))).rowCount ?? 0;
  }
  return changed;
}

function asText(text: string): string {
  return text;
}

/** The driver knows no bigint, and the server knows bytes by what stands before them. */
function sent(value: Value, { type }: Column): Exclude<Value, bigint> {
  if (typeof value === "bigint") return String(value);
  return type.type === "binary" && value !== null ? `\\x${value}` : value;
}

async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { message, code, detail } = error as Error & { readonly code?: string; readonly detail?: string };
    const words = detail === undefined ? message : `${message} (${detail})`;
    throw databaseRefused({ engine: "PostgreSQL", words, category: isPassing(code) ? "io" : "failed" }, error);
  }
}

/**
 * Whether another attempt may succeed: the connection broke, another transaction stood in the way, or the server lacks
 * something (https://postgresql.org/docs/15/errcodes-appendix.html). What is no code of the server's five characters is
 * one of the system's.
 */
function isPassing(code: string | undefined): boolean {
  return code?.length !== 5 || /^(08|40|53|55P03|57|58)/.test(code);
}

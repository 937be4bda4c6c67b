import type { Client } from "pg";
import { sameKey } from "../sql/among-rows.ts";
import { databaseRefused } from "../sql/database-refused.ts";
import { quoteNames, quoteValue } from "../sql/quote.ts";
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
      const text = `INSERT INTO ${table} (${names}) SELECT * FROM ${arrays(columns)} ${conflict}`;
      return runEach(client, text, columns, batches);
    },
    remove(table, key, batches) {
      const names = key.map(({ name }) => name);
      const text = `DELETE FROM ${table} AS t USING ${arrays(key)} AS r(${quoteNames(names)}) WHERE ${sameKey(names, "r", "t")}`;
      return runEach(client, text, key, batches);
    },
  };
}

/** The rows of a batch as one array for each column: what can stand behind FROM. */
function arrays(columns: readonly Column[]): string {
  return `unnest(${columns.map(({ type }, at) => `$${at + 1}::${castOf(type)}`).join(", ")})`;
}

/** What has no counterpart elsewhere arrives as text, and is what the table's own column is. */
function castOf(type: ColumnType): string {
  return type.type === "other" ? `text[]::${type.name}[]` : `${typeName(type, "postgres")}[]`;
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
    const category = code === undefined || /^(08|53|57|58)/.test(code) ? "io" : "failed";
    throw databaseRefused({ engine: "PostgreSQL", words, category }, error);
  }
}

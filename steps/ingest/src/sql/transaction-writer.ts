import { createHash } from "node:crypto";
import type { Change, Committed, TransactionWriter } from "../endpoint/writer.ts";
import { findColumn, type TableSchema } from "../table/table-schema.ts";
import { applyRows } from "./apply-rows.ts";
import { createTable } from "./create-table.ts";
import { historySchema } from "./history.ts";
import { quoteNames, quoteValue } from "./quote.ts";
import type { SqlConnection } from "./sql-connection.ts";

/** The name of the table in which loads store their commit token and state, beside the rows they wrote. */
export const MEMORY = "orchestrate_ingest";

/** What a change needs of a database besides its connection. */
export interface WriterSite {
  readonly connection: SqlConnection;
  /** The table as it stands in SQL, and as its memory is filed. */
  readonly table: string;
  /** The table `orchestrate_ingest` as it stands in SQL. */
  readonly memory: string;
  describe(): Promise<TableSchema | undefined>;
  /** The statements that bring the table from one schema to another that has all its columns, none of them narrower. */
  alter(before: TableSchema, after: TableSchema): readonly string[];
}

/** Writes rows, commit token and state in one transaction. */
export function transactionWriter(site: WriterSite): TransactionWriter {
  const { connection, table, memory } = site;
  return {
    commits: "transaction",
    async committed(source) {
      if (!(await hasMemory(site))) return undefined;
      const [row] = await connection.query(
        `SELECT token, memory FROM ${memory} WHERE target = ${quoteValue(table)} AND source = ${quoteValue(source)}`,
      );
      return row === undefined ? undefined : { token: String(row[0]), memory: String(row[1]) };
    },
    async apply(change, source, remember) {
      await makeMemory(site);
      return inTransaction(connection, table, async () => {
        const prepared = await prepareTable(site, change);
        const applied = await applyRows(site, prepared);
        await connection.run(storeMemory(site, source, remember(applied)));
        return applied;
      });
    },
  };
}

/** By itself and before the rows, since all loads into the database wait for whoever makes it. */
async function makeMemory(site: WriterSite): Promise<void> {
  if (await hasMemory(site)) return;
  const { connection, memory } = site;
  const columns = "target TEXT NOT NULL, source TEXT NOT NULL, token TEXT NOT NULL, memory TEXT NOT NULL";
  const statement = `CREATE TABLE IF NOT EXISTS ${memory} (${columns}, PRIMARY KEY (target, source))`;
  await inTransaction(connection, memory, () => connection.run(statement));
}

async function hasMemory({ connection, memory }: WriterSite): Promise<boolean> {
  const statements = {
    postgres: `SELECT 1 WHERE to_regclass(${quoteValue(memory)}) IS NOT NULL`,
    sqlite: `SELECT 1 FROM sqlite_schema WHERE name = ${quoteValue(memory)}`,
  };
  return (await connection.query(statements[connection.dialect])).length > 0;
}

/** Runs `work` in a transaction that is alone with its subject. */
async function inTransaction<T>(connection: SqlConnection, subject: string, work: () => Promise<T>): Promise<T> {
  await connection.begin(subject);
  try {
    const result = await work();
    await connection.run("COMMIT");
    return result;
  } catch (error) {
    // The first error is the one to tell; a connection that is gone has rolled back by itself.
    await connection.run("ROLLBACK").catch(() => {});
    throw error;
  }
}

/**
 * Makes or alters the table, and gives the change with what has no counterpart elsewhere typed as the table has it.
 * What the source lacks is left to the table, which may fill or compute it; versions of a history hold nulls there.
 */
async function prepareTable({ connection, table, describe, alter }: WriterSite, change: Change): Promise<Change> {
  const wanted =
    change.strategy === "scd2"
      ? historySchema(change.schema, change.instant!)
      : { ...change.schema, key: [...change.key] };
  const found = await describe();
  const statements =
    found === undefined
      ? [createTable(table, wanted, connection.dialect), ...historyIndex(table, change)]
      : alter(found, wanted);
  for (const statement of statements) await connection.run(statement);
  const { strategy, schema, lacking } = change;
  const columns = schema.columns.filter(({ name }) => strategy === "scd2" || !lacking.includes(name));
  if (columns.every(({ type }) => type.type !== "other")) return { ...change, schema: { ...schema, columns } };
  const made = (await describe())!;
  const landing = columns.map((column) => (column.type.type === "other" ? findColumn(made, column.name)! : column));
  return { ...change, schema: { ...schema, columns: landing } };
}

/** Current versions are looked for by key in every load. */
function historyIndex(table: string, change: Change): readonly string[] {
  if (change.strategy !== "scd2") return [];
  const name = `ingest_${createHash("sha256").update(table).digest("hex").slice(0, 12)}`;
  return [`CREATE INDEX ${name} ON ${table} (${quoteNames(change.key)})`];
}

function storeMemory({ table, memory }: WriterSite, source: string, commit: Committed): string {
  const values = [table, source, commit.token, commit.memory].map(quoteValue).join(", ");
  return `INSERT INTO ${memory} (target, source, token, memory) VALUES (${values})
    ON CONFLICT (target, source) DO UPDATE SET token = excluded.token, memory = excluded.memory`;
}

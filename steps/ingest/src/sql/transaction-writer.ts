import { createHash } from "node:crypto";
import type { Applied, Change, Committed, TransactionWriter } from "../endpoint/writer.ts";
import { type Column, findColumn, type TableSchema } from "../table/table-schema.ts";
import { alterTable, createTable } from "./alter-table.ts";
import { historySchema } from "./history.ts";
import { historyStatements } from "./history-statements.ts";
import { quoteName, quoteNames, quoteValue } from "./quote.ts";
import type { SqlConnection } from "./sql-connection.ts";
import { travelList } from "./travel-list.ts";

/** The table of a target database in which loads store their commit token and state, beside the rows they wrote. */
const MEMORY = "orchestrate_ingest";

const CREATE_MEMORY = `CREATE TABLE IF NOT EXISTS ${MEMORY} (
  target TEXT NOT NULL, source TEXT NOT NULL, token TEXT NOT NULL, memory TEXT NOT NULL, PRIMARY KEY (target, source))`;

/** What a change needs of a database besides its connection. */
export interface WriterSite {
  readonly connection: SqlConnection;
  /** The table as it stands in SQL, and as its memory is filed. */
  readonly table: string;
  describe(): Promise<TableSchema | undefined>;
}

/** Writes rows, commit token and state in one transaction. */
export function transactionWriter(site: WriterSite): TransactionWriter {
  const { connection, table } = site;
  return {
    commits: "transaction",
    async committed(source) {
      await connection.run(CREATE_MEMORY);
      const [row] = await connection.query(
        `SELECT token, memory FROM ${MEMORY} WHERE target = ${quoteValue(table)} AND source = ${quoteValue(source)}`,
      );
      return row === undefined ? undefined : { token: String(row[0]), memory: String(row[1]) };
    },
    async apply(change, source, remember) {
      await connection.run("BEGIN");
      try {
        await connection.run(CREATE_MEMORY);
        const prepared = await prepareTable(site, change);
        const applied = await applyRows(site, prepared);
        await connection.run(storeMemory(table, source, remember(applied)));
        await connection.run("COMMIT");
        return applied;
      } catch (error) {
        // The first error is the one to tell; a connection that is gone has rolled back by itself.
        await connection.run("ROLLBACK").catch(() => {});
        throw error;
      }
    },
  };
}

/** Makes or alters the table, and gives the change with what has no counterpart elsewhere typed as the table has it. */
async function prepareTable({ connection, table, describe }: WriterSite, change: Change): Promise<Change> {
  const wanted =
    change.strategy === "scd2"
      ? historySchema(change.schema, change.instant!)
      : { ...change.schema, key: [...change.key] };
  const found = await describe();
  const statements =
    found === undefined
      ? [createTable(table, wanted, connection.dialect), ...historyIndex(table, change)]
      : alterTable(table, found, wanted, connection.dialect);
  for (const statement of statements) await connection.run(statement);
  const { columns } = change.schema;
  if (columns.every(({ type }) => type.type !== "other")) return change;
  const made = (await describe())!;
  const landing = columns.map((column) => (column.type.type === "other" ? findColumn(made, column.name)! : column));
  return { ...change, schema: { ...change.schema, columns: landing } };
}

/** Current versions are looked for by key in every load. */
function historyIndex(table: string, change: Change): readonly string[] {
  if (change.strategy !== "scd2") return [];
  const name = `ingest_${createHash("sha256").update(table).digest("hex").slice(0, 12)}`;
  return [`CREATE INDEX ${name} ON ${table} (${quoteNames(change.key)})`];
}

/** Rows go straight into the table, by key where they are merged; those of a history wait beside it first. */
async function applyRows(site: WriterSite, change: Change): Promise<Applied> {
  const { connection, table } = site;
  const { strategy, schema, key } = change;
  switch (strategy) {
    case "full":
      await connection.run(`DELETE FROM ${table}`);
      return { written: await insertRows(site, change, "_order"), deleted: 0 };
    case "append": {
      const known = key.length === 0 ? undefined : `ON CONFLICT (${quoteNames(key)}) DO NOTHING`;
      return { written: await insertRows(site, change, "_order", known), deleted: 0 };
    }
    case "scd1":
      return {
        deleted: await removeRows(site, change),
        // Rows whose keys are neighbours lie on the same pages.
        written: await insertRows(site, change, quoteNames(key), onConflict(schema, key)),
      };
    case "scd2":
      return applyHistory(site, change);
    default:
      return strategy satisfies never;
  }
}

function insertRows(
  { connection, table }: WriterSite,
  change: Change,
  order: string,
  conflict?: string,
): Promise<number> {
  const { schema, rows, duckdb } = change;
  const selected = `SELECT ${travelList(schema.columns)} FROM ${quoteName(rows)} WHERE NOT _deleted ORDER BY ${order}`;
  return connection.insert(table, schema.columns, duckdb.batches(selected), conflict);
}

function removeRows({ connection, table }: WriterSite, { schema, key, rows, duckdb }: Change): Promise<number> {
  const columns = key.map((name) => findColumn(schema, name)!);
  const selected = `SELECT ${travelList(columns)} FROM ${quoteName(rows)} WHERE _deleted ORDER BY ${quoteNames(key)}`;
  return connection.remove(table, columns, duckdb.batches(selected));
}

function onConflict({ columns }: TableSchema, key: readonly string[]): string {
  const rest = columns.map(({ name }) => name).filter((name) => !key.includes(name));
  const values = rest.map((name) => `${quoteName(name)} = excluded.${quoteName(name)}`);
  return `ON CONFLICT (${quoteNames(key)}) DO ${rest.length === 0 ? "NOTHING" : `UPDATE SET ${values.join(", ")}`}`;
}

async function applyHistory({ connection, table }: WriterSite, change: Change): Promise<Applied> {
  const waiting = await bringRows(connection, change);
  const applied = { written: 0, deleted: 0 };
  const columns = change.schema.columns.map(({ name }) => name);
  for (const { sql, counts } of historyStatements({ target: table, rows: waiting, columns, key: change.key })) {
    const changed = await connection.run(sql);
    if (counts !== "nothing") applied[counts] += changed;
  }
  await connection.run(`DROP TABLE ${waiting}`);
  return applied;
}

/** Brings the rows of a change into a temporary table. */
async function bringRows(connection: SqlConnection, { schema, key, rows, instant, duckdb }: Change): Promise<string> {
  const columns: readonly Column[] = [
    ...schema.columns,
    { name: "_deleted", type: { type: "boolean" }, nullable: false },
    { name: "_order", type: { type: "integer", bits: 64 }, nullable: false },
    { name: "_at", type: instant!, nullable: true },
  ];
  const waiting = "ingest_rows";
  await connection.run(createTable(waiting, { columns: [...columns], key: [] }, connection.dialect, "TEMPORARY "));
  const selected = `SELECT ${travelList(columns)} FROM ${quoteName(rows)} ORDER BY _order`;
  await connection.insert(waiting, columns, duckdb.batches(selected));
  await connection.run(`CREATE INDEX ingest_rows_key ON ${waiting} (${quoteNames(key)})`);
  return waiting;
}

function storeMemory(table: string, source: string, { token, memory }: Committed): string {
  const values = [table, source, token, memory].map(quoteValue).join(", ");
  return `INSERT INTO ${MEMORY} (target, source, token, memory) VALUES (${values})
    ON CONFLICT (target, source) DO UPDATE SET token = excluded.token, memory = excluded.memory`;
}

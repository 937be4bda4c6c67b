import type { Applied, Change } from "../endpoint/writer.ts";
import { type Column, findColumn, type TableSchema } from "../table/table-schema.ts";
import { createTable } from "./create-table.ts";
import { historyStatements } from "./history-statements.ts";
import { quoteName, quoteNames } from "./quote.ts";
import type { SqlConnection } from "./sql-connection.ts";
import type { WriterSite } from "./transaction-writer.ts";
import { travelList } from "./travel-list.ts";

/** Rows go straight into the table, by key where they are merged; those of a history wait beside it first. */
export async function applyRows(site: WriterSite, change: Change): Promise<Applied> {
  const { connection, table } = site;
  const { strategy, schema, key } = change;
  switch (strategy) {
    case "full":
      await connection.run(`DELETE FROM ${table}`);
      return { written: await insertRows(site, change, "_ingest_order"), deleted: 0 };
    case "append": {
      const known = key.length === 0 ? undefined : `ON CONFLICT (${quoteNames(key)}) DO NOTHING`;
      return { written: await insertRows(site, change, "_ingest_order", known), deleted: 0 };
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
  const selected = `SELECT ${travelList(schema.columns)} FROM ${quoteName(rows)} WHERE NOT _ingest_deleted ORDER BY ${order}`;
  return connection.insert(table, schema.columns, duckdb.batches(selected), conflict);
}

function removeRows({ connection, table }: WriterSite, { schema, key, rows, duckdb }: Change): Promise<number> {
  const columns = key.map((name) => findColumn(schema, name)!);
  const selected = `SELECT ${travelList(columns)} FROM ${quoteName(rows)} WHERE _ingest_deleted ORDER BY ${quoteNames(key)}`;
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
  for (const { sql, counts } of historyStatements({ history: table, rows: waiting, columns, key: change.key })) {
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
    { name: "_ingest_deleted", type: { type: "boolean" }, nullable: false },
    { name: "_ingest_order", type: { type: "integer", bits: 64 }, nullable: false },
    { name: "_ingest_at", type: instant!, nullable: true },
  ];
  const waiting = "ingest_rows";
  await connection.run(createTable(waiting, { columns: [...columns], key: [] }, connection.dialect, "TEMPORARY "));
  const selected = `SELECT ${travelList(columns)} FROM ${quoteName(rows)} ORDER BY _ingest_order`;
  await connection.insert(waiting, columns, duckdb.batches(selected));
  await connection.run(`CREATE INDEX ingest_rows_key ON ${waiting} (${quoteNames(key)})`);
  return waiting;
}

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { StepError } from "@orchestrate/sdk";
import { quoteName, quoteNames } from "../sql/quote.ts";
import type { SqlConnection } from "../sql/sql-connection.ts";
import type { Row, Value } from "../table/row.ts";
import type { Column } from "../table/table-schema.ts";
import { sqliteRefusal } from "./sqlite-refusal.ts";

/** Statements of a SQLite database. Booleans are stored as 0 and 1. */
export function sqliteConnection(db: DatabaseSync): SqlConnection {
  return {
    dialect: "sqlite",
    // A database has one writer at a time. One that has read first could no longer wait for another.
    begin: async () => told(() => db.exec("BEGIN IMMEDIATE")),
    run: async (sql) => told(() => Number(db.prepare(sql).run().changes)),
    query: async (sql) =>
      told(() => {
        const statement = db.prepare(sql);
        statement.setReadBigInts(true);
        statement.setReturnArrays(true);
        // With arrays asked for, a row is one; the types of Node tell of records alone.
        return statement.all() as unknown as readonly Row[];
      }),
    insert(table, columns, batches, conflict = "") {
      const names = quoteNames(columns.map(({ name }) => name));
      const row = `(${columns.map(() => "?").join(", ")})`;
      const together = Math.max(1, Math.min(TOGETHER, Math.floor(MOST_PLACES / columns.length)));
      const sql = (rows: number) =>
        `INSERT INTO ${table} (${names}) VALUES ${Array.from({ length: rows }, () => row).join(", ")} ${conflict}`;
      return runEach(db, { sql, together }, columns, batches);
    },
    remove(table, key, batches) {
      const same = key.map(({ name }) => `${quoteName(name)} = ?`).join(" AND ");
      return runEach(db, { sql: () => `DELETE FROM ${table} WHERE ${same}`, together: 1 }, key, batches);
    },
  };
}

/** Rows of one statement: each statement has its price, and beyond so many rows nothing more is gained. */
const TOGETHER = 32;
/** How many values SQLite takes in a statement. */
const MOST_PLACES = 32_766;

/**
 * Runs a statement with the values of every row, of so many rows together, and gives how many rows it changed in all.
 */
async function runEach(
  db: DatabaseSync,
  { sql, together }: { readonly sql: (rows: number) => string; readonly together: number },
  columns: readonly Column[],
  batches: AsyncIterable<readonly Row[]>,
): Promise<number> {
  const [several, one] = told(() => [db.prepare(sql(together)), db.prepare(sql(1))] as const);
  const run = (statement: StatementSync, rows: readonly Row[]) => {
    const values: Stored[] = [];
    for (const row of rows) for (let at = 0; at < columns.length; at += 1) values.push(stored(row[at]!, columns[at]!));
    return Number(statement.run(...values).changes);
  };
  let changed = 0;
  for await (const rows of batches) {
    told(() => {
      const rest = rows.length % together;
      for (let from = 0; from < rows.length - rest; from += together)
        changed += run(several, rows.slice(from, from + together));
      for (const row of rows.slice(rows.length - rest)) changed += run(one, [row]);
    });
  }
  return changed;
}

function told<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw sqliteRefusal(error);
  }
}

type Stored = Exclude<Value, boolean> | Uint8Array;

function stored(value: Value, { name, type }: Column): Stored {
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (Number.isNaN(value)) throw notANumber(name);
  return type.type === "binary" && typeof value === "string" ? Buffer.from(value, "hex") : value;
}

/** SQLite would make null of it, and the row another. */
function notANumber(column: string): StepError {
  return new StepError({
    error: "value-unfit",
    category: "input",
    detail: `Column "${column}" holds NaN, which SQLite can't hold.`,
    hint: "Leave the column out by columns, mend the rows, or load into another database or files.",
  });
}

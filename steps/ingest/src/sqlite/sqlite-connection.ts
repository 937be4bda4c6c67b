import type { DatabaseSync } from "node:sqlite";
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
      const names = columns.map(({ name }) => name);
      const places = names.map(() => "?").join(", ");
      const sql = `INSERT INTO ${table} (${quoteNames(names)}) VALUES (${places}) ${conflict}`;
      return runEach(db, sql, columns, batches);
    },
    remove(table, key, batches) {
      const same = key.map(({ name }) => `${quoteName(name)} = ?`).join(" AND ");
      return runEach(db, `DELETE FROM ${table} WHERE ${same}`, key, batches);
    },
  };
}

/** Runs a statement with the values of every row, and gives how many rows it changed in all. */
async function runEach(
  db: DatabaseSync,
  sql: string,
  columns: readonly Column[],
  batches: AsyncIterable<readonly Row[]>,
): Promise<number> {
  const statement = told(() => db.prepare(sql));
  let changed = 0;
  for await (const rows of batches) {
    told(() => {
      for (const row of rows)
        changed += Number(statement.run(...row.map((value, at) => stored(value, columns[at]!))).changes);
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

function stored(value: Value, { name, type }: Column): Exclude<Value, boolean> | Uint8Array {
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

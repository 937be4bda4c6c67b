import type { DatabaseSync } from "node:sqlite";
import { quoteName, quoteNames } from "../sql/quote.ts";
import type { SqlConnection } from "../sql/sql-connection.ts";
import type { Row, Value } from "../table/row.ts";
import { sqliteRefusal } from "./sqlite-refusal.ts";

/** Statements of a SQLite database. Booleans are stored as 0 and 1. */
export function sqliteConnection(db: DatabaseSync): SqlConnection {
  return {
    dialect: "sqlite",
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
      return runEach(db, `INSERT INTO ${table} (${quoteNames(names)}) VALUES (${places}) ${conflict}`, batches);
    },
    remove(table, key, batches) {
      const same = key.map(({ name }) => `${quoteName(name)} = ?`).join(" AND ");
      return runEach(db, `DELETE FROM ${table} WHERE ${same}`, batches);
    },
  };
}

/** Runs a statement with the values of every row, and gives how many rows it changed in all. */
async function runEach(db: DatabaseSync, sql: string, batches: AsyncIterable<readonly Row[]>): Promise<number> {
  const statement = told(() => db.prepare(sql));
  let changed = 0;
  for await (const rows of batches) {
    told(() => {
      for (const row of rows) changed += Number(statement.run(...row.map(stored)).changes);
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

function stored(value: Value): Exclude<Value, boolean> {
  return typeof value === "boolean" ? (value ? 1n : 0n) : value;
}

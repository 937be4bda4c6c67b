import type { DatabaseSync } from "node:sqlite";
import { quoteNames } from "../sql/quote.ts";
import type { SqlConnection } from "../sql/sql-connection.ts";
import type { Row, Value } from "../table/row.ts";

/** Statements of a SQLite database. Booleans are stored as 0 and 1. */
export function sqliteConnection(db: DatabaseSync): SqlConnection {
  return {
    dialect: "sqlite",
    run: async (sql) => Number(db.prepare(sql).run().changes),
    async query(sql) {
      const statement = db.prepare(sql);
      statement.setReadBigInts(true);
      statement.setReturnArrays(true);
      // With arrays asked for, a row is one; the types of Node tell of records alone.
      return statement.all() as unknown as readonly Row[];
    },
    async insert(table, columns, batches) {
      const names = columns.map(({ name }) => name);
      const statement = db.prepare(
        `INSERT INTO ${table} (${quoteNames(names)}) VALUES (${names.map(() => "?").join(", ")})`,
      );
      let count = 0;
      for await (const rows of batches) {
        for (const row of rows) statement.run(...row.map(stored));
        count += rows.length;
      }
      return count;
    },
  };
}

function stored(value: Value): Exclude<Value, boolean> {
  return typeof value === "boolean" ? (value ? 1n : 0n) : value;
}

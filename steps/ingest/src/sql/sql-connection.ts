import type { Row } from "../table/row.ts";
import type { Column } from "../table/table-schema.ts";
import type { Dialect } from "../table/type-name.ts";

/** One connection to a database that is written in transactions. */
export interface SqlConnection {
  readonly dialect: Exclude<Dialect, "duckdb">;
  /** Begins a transaction. Another one that was begun for the same subject is waited for, until it has ended. */
  begin(subject: string): Promise<void>;
  /** Runs a statement and gives how many rows it changed. */
  run(sql: string): Promise<number>;
  query(sql: string): Promise<readonly Row[]>;
  /**
   * Adds rows as they travel to a table that has these columns, and gives how many it changed.
   *
   * @param conflict what is to be done where a row's key is there already, as `ON CONFLICT (id) DO NOTHING`.
   */
  insert(
    table: string,
    columns: readonly Column[],
    batches: AsyncIterable<readonly Row[]>,
    conflict?: string,
  ): Promise<number>;
  /** Deletes the rows with these keys, as they travel, from a table, and gives how many were there. */
  remove(table: string, key: readonly Column[], batches: AsyncIterable<readonly Row[]>): Promise<number>;
}

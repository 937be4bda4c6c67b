import type { Row } from "../table/row.ts";
import type { Column } from "../table/table-schema.ts";
import type { Dialect } from "../table/type-name.ts";

/** One connection to a database that is written in transactions. */
export interface SqlConnection {
  readonly dialect: Exclude<Dialect, "duckdb">;
  /** Runs a statement and gives how many rows it changed. */
  run(sql: string): Promise<number>;
  query(sql: string): Promise<readonly Row[]>;
  /** Adds rows as they travel to a table that has these columns, and gives their number. */
  insert(table: string, columns: readonly Column[], batches: AsyncIterable<readonly Row[]>): Promise<number>;
}

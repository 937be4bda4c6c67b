import { defineToken, type Token } from "@orchestrate/sdk";
import type { Row } from "../table/row.ts";
import type { Column } from "../table/table-schema.ts";

/** A database in memory of its own, where statements run one after another. */
export interface DuckConnection {
  /**
   * Runs one statement and gives how many rows it changed or wrote.
   *
   * @throws StepError `duckdb-refused`, with what DuckDB says of file, line and column.
   */
  run(sql: string): Promise<number>;
  /** The rows of a small result. Columns must be of a type that travels: see `travelList`. */
  rows(sql: string): Promise<readonly Row[]>;
  /** The rows of a result of any size, in batches, once all of them are there; no other statement may run meanwhile. */
  batches(sql: string): AsyncIterable<readonly Row[]>;
  /** Makes a table of these columns from rows that travelled here, and gives their number. */
  fill(table: string, columns: readonly Column[], batches: AsyncIterable<readonly Row[]>): Promise<number>;
}

/** DuckDB inside of the step's own process: the tool that filters, merges, compares and writes tables. */
export interface DuckDb {
  /**
   * Opens a new database. An abort interrupts what runs in it.
   *
   * @param granted MiB that the attempt was granted (`resources.memory`), by which the database bounds its own; 0, the
   * default, where nothing was said of it.
   */
  connect(signal: AbortSignal, granted?: number): Promise<DuckConnection>;
  /** Closes all databases. Called by whoever made it. */
  close(): void;
}

export const DuckDb: Token<DuckDb> = defineToken<DuckDb>("ingest/duckdb");

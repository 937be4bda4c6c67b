import type { DuckConnection } from "../duckdb/duckdb.ts";
import type { ColumnType } from "../table/column-type.ts";
import type { TableSchema } from "../table/table-schema.ts";
import type { Strategy } from "./endpoint.ts";

/** What a target remembers of the last commit of a load, beside the rows. */
export interface Committed {
  /** The commit token of the attempt that wrote. */
  readonly token: string;
  /** The load's state and report, as JSON text. */
  readonly memory: string;
}

/** A change of a table, to be applied at once or not at all. */
export interface Change {
  readonly strategy: Strategy;
  /** The table as it shall be: the columns it has, widened and added to; for SCD2 without those of the history. */
  readonly schema: TableSchema;
  /** Names of columns that the source lacks: of these the rows hold nulls. */
  readonly lacking: readonly string[];
  /** Columns that tell rows apart; empty for `full` and `append` without keys. */
  readonly key: readonly string[];
  /**
   * Name of a table or view of `duckdb` that holds the rows: the schema's columns, then `_ingest_deleted` (boolean)
   * and, in the order in which a key's rows follow each other, `_ingest_order` (bigint, from 0). For `scd1` a key
   * stands there once.
   */
  readonly rows: string;
  /** For `scd2`: the type of a further column `_ingest_at`, the instant from which a row is valid. */
  readonly instant: ColumnType | undefined;
  readonly duckdb: DuckConnection;
}

/** How many rows a change touched. */
export interface Applied {
  /** Rows that were written, new versions included. */
  readonly written: number;
  /** Rows that were deleted, or whose history was closed without a new version. */
  readonly deleted: number;
}

/**
 * Changes a table. `artifact` writers put the new table into the reach's output, and the engine commits it together
 * with the load's state. `transaction` writers store `committed` in the transaction that writes the rows.
 */
export type Writer = ArtifactWriter | TransactionWriter;

export interface ArtifactWriter {
  readonly commits: "artifact";
  apply(change: Change): Promise<Applied>;
}

export interface TransactionWriter {
  readonly commits: "transaction";
  /** What the target remembers of the load from that source; undefined before the first. */
  committed(source: string): Promise<Committed | undefined>;
  /** Applies the change and stores what `remember` makes of it, in one transaction. */
  apply(change: Change, source: string, remember: (applied: Applied) => Committed): Promise<Applied>;
}

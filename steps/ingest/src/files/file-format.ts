import type { ColumnType } from "../table/column-type.ts";

/** How DuckDB reads and writes one kind of file. */
export interface FileFormat {
  readonly name: "csv" | "ndjson" | "parquet";
  /** Patterns of the names of data files in a directory. */
  readonly patterns: readonly string[];
  /** The name ending of files that are written, without the dot. */
  readonly ending: string;
  /**
   * What stands behind FROM to read these files; `types` gives the DuckDB types of columns that are known. A column of
   * times may come with a zone.
   */
  reading(files: readonly string[], types: Readonly<Record<string, string>>): string;
  /** How the columns of files are found out where `reading` has to be told all of them, and not only those that are known. */
  readonly detection?: {
    /** What stands behind FROM to describe them. */
    relation(files: readonly string[]): string;
    /** The type to read a column in that is described so. */
    type(described: string): string;
  };
  /** What stands in the parentheses of COPY … TO. */
  readonly writing: string;
  /** Types of columns that come back otherwise than they were written. */
  readonly lacks?: readonly ColumnType["type"][];
}

import type { ColumnType } from "../table/column-type.ts";
import type { Column } from "../table/table-schema.ts";
import type { FoundColumns } from "./found-columns.ts";

/** How DuckDB reads and writes one kind of file. */
export interface FileFormat {
  readonly name: "csv" | "ndjson" | "parquet";
  /** Patterns of the names of data files in a directory. */
  readonly patterns: readonly string[];
  /** The name ending of files that are written, without the dot. */
  readonly ending: string;
  /**
   * What stands behind FROM to read files of a table that a load has written; `types` gives the DuckDB types of its
   * columns.
   */
  reading(files: readonly string[], types: Readonly<Record<string, string>>): string;
  /** How all other files are read, where they do not tell by themselves of what types their columns are. */
  readonly detection?: Detection;
  /** What stands in the parentheses of COPY … TO. */
  readonly writing: string;
  /** The value of a column as it is written, where that is not the value itself. */
  written?(column: Column): string;
  /** What must be true of a row that is written, in DuckDB's SQL; it raises an error where it is not. */
  fits?(columns: readonly Column[]): string;
  /** Types of columns that come back otherwise than they were written. */
  readonly lacks?: readonly ColumnType["type"][];
}

/** A file that is none of a format. */
export interface Malformed {
  readonly error: string;
  readonly category: "input";
  /** What DuckDB says of it, and does not say of which file. */
  readonly words: RegExp;
  /** Why, as the end of a sentence that begins with the file's name. */
  readonly reason: string;
  readonly hint: string;
}

/** How the columns of files are found out. */
export interface Detection {
  /** What stands behind FROM to describe the columns. */
  relation(files: readonly string[]): string;
  /** How a file is told that is none of this format, by what DuckDB says when it is to describe it. */
  readonly malformed: Malformed;
  /** Whether a table without rows is an empty file, which tells no columns. */
  readonly emptyFile: "table" | "nothing";
  /**
   * What stands behind FROM for the rows in which a column has this very name, where DuckDB gives another name to one
   * that differs from an earlier one by case alone, and can't read it by that.
   */
  holding?(files: readonly string[], name: string): string;
  /**
   * The statement that tells of each of these columns whether it holds values and none of them is an object or a list:
   * texts and numbers in one column are texts, and no documents.
   */
  areScalars?(files: readonly string[], names: readonly string[]): string;
  /** The type to read a column in that is described so. */
  type(described: string): string;
  /** What stands behind FROM to read the files once their columns are known. Times may come with a zone. */
  reading(files: readonly string[], columns: FoundColumns): string;
  /** Where all values are text, which may be taken for what they are not. */
  readonly text?: {
    /** What stands behind FROM for the values as they are written, as many as types are found out from. */
    values(files: readonly string[]): string;
    /**
     * What all values look like, as a regular expression, where a column is what it is described to be; else it is
     * text.
     */
    look(described: string): string | undefined;
  };
}

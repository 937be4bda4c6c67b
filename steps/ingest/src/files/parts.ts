import { dirname, relative } from "node:path";
import { quoteName, quoteValue } from "../sql/quote.ts";
import type { Row, Value } from "../table/row.ts";

/** A directory of a table of files, as `country=NO/city=Oslo`, and its rows; "" where a table is not parted. */
export interface Part {
  readonly directory: string;
  /** Which rows belong to it. */
  readonly where: string;
}

/** What stands for null in the name of a directory, as Hive has it. */
const NULL = "__HIVE_DEFAULT_PARTITION__";

/** The part that holds rows with these values of the columns. */
export function partOf(columns: readonly string[], values: Row): Part {
  const pairs = columns.map((column, at) => ({ column, value: values[at] ?? null }));
  return {
    directory: pairs
      .map(({ column, value }) => `${encode(column)}=${value === null ? NULL : encode(String(value))}`)
      .join("/"),
    where: pairs.map(({ column, value }) => isValue(column, value)).join(" AND ") || "TRUE",
  };
}

/** A file of a table, and the directory that it lies in, relative to the table's own: "" where that is it. */
export interface PartFile {
  readonly path: string;
  readonly directory: string;
}

/** The files of the table at a path. */
export function partFiles(table: string, files: readonly string[]): readonly PartFile[] {
  return files.map((path) => {
    const below = dirname(relative(table, path));
    return { path, directory: below === "." ? "" : below };
  });
}

/** Whether files lie in directories as these columns make them, and no others. */
export function arePartedBy(files: readonly PartFile[], columns: readonly string[]): boolean {
  return files.every(({ directory }) => {
    const names = directory === "" ? [] : directory.split("/");
    return (
      names.length === columns.length && columns.every((column, at) => names[at]!.startsWith(`${encode(column)}=`))
    );
  });
}

/** The values of the columns as text, under names of their own; `alias` is that of the table that has them. */
export function valuesList(columns: readonly string[], alias: string): string {
  return columns.map((column, at) => `CAST(${alias}.${quoteName(column)} AS VARCHAR) AS ${partName(at)}`).join(", ");
}

/** The names that `valuesList` gives. */
export function partNames(columns: readonly string[]): string {
  return columns.map((_, at) => partName(at)).join(", ");
}

function partName(at: number): string {
  return `_ingest_part_${at}`;
}

function isValue(column: string, value: Value): string {
  return `CAST(${quoteName(column)} AS VARCHAR) IS NOT DISTINCT FROM ${quoteValue(value)}`;
}

/** encodeURIComponent leaves dots, and a name of dots alone would be another directory. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(".", "%2E");
}

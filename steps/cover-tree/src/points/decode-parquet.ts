import { StepError } from "@orchestrate/sdk";
import { type FileMetaData, parquetMetadataAsync, parquetRead, type SchemaElement } from "hyparquet";
import { parquetCompressors } from "./parquet-compressors.ts";
import type { PointSet } from "./point-set.ts";

/**
 * Reads the columns of a Parquet file as those of points; each must hold whole numbers or floats, and have a name of
 * its own.
 *
 * @param name how the file is called in errors.
 * @throws StepError `parquet-malformed` (input), with row and column.
 */
export async function decodeParquet(bytes: Uint8Array, name: string): Promise<PointSet> {
  const file = Uint8Array.from(bytes).buffer;
  const metadata = await told(name, () => parquetMetadataAsync(file));
  const columns = columnsOf(metadata, name);
  const rows = await told(name, () => readRows(file, metadata));
  const values = new Float64Array(rows.length * columns.length);
  for (const [row, cells] of rows.entries()) {
    for (const [column, title] of columns.entries()) {
      const value = cells[column];
      const number = typeof value === "bigint" ? Number(value) : value;
      if (typeof number !== "number") throw malformed(`${name}, row ${row}, column "${title}", is null`);
      if (typeof value === "bigint" && BigInt(number) !== value) {
        throw malformed(`${name}, row ${row}, column "${title}", is ${value}, which is no float64`);
      }
      values[row * columns.length + column] = number;
    }
  }
  return { count: rows.length, dimension: columns.length, values };
}

async function readRows(file: ArrayBuffer, metadata: FileMetaData): Promise<readonly (readonly unknown[])[]> {
  let read: readonly (readonly unknown[])[] = [];
  await parquetRead({
    file,
    metadata,
    compressors: parquetCompressors,
    onComplete: (rows) => {
      read = rows;
    },
  });
  return read;
}

/** The names of the columns, all of which hold numbers. */
function columnsOf({ schema, key_value_metadata: notes = [] }: FileMetaData, name: string): readonly string[] {
  const index = pandasIndex(notes.find(({ key }) => key === "pandas")?.value);
  const columns = schema.slice(1);
  const wrong = columns.find((column) => !isNumeric(column));
  if (wrong !== undefined) throw malformed(`${name}, column "${wrong.name}", is ${typeOf(wrong)}, which is no number`);
  const titles = columns.map((column) => column.name);
  for (const [place, title] of titles.entries()) {
    if (titles.indexOf(title) < place) throw malformed(`${name} has two columns of the name "${title}"`);
    if (!index.has(title)) continue;
    const hint = "Write it by to_parquet(index=False), after reset_index() where the index is a coordinate.";
    throw malformed(`${name}, column "${title}", is the index of a pandas table`, { hint });
  }
  return titles;
}

/**
 * https://github.com/apache/parquet-format/blob/master/LogicalTypes.md: what a number is annotated with, if it is one.
 */
function isNumeric({ type, num_children: children, repetition_type: repetition, ...element }: SchemaElement): boolean {
  const { converted_type: converted, logical_type: logical } = element;
  if ((children ?? 0) > 0 || repetition === "REPEATED") return false;
  switch (type) {
    case "FLOAT":
    case "DOUBLE":
      return true;
    case "INT32":
    case "INT64":
      if (logical !== undefined && logical.type !== "INTEGER") return false;
      return converted === undefined || /^U?INT_\d+$/.test(converted);
    default:
      return logical?.type === "FLOAT16";
  }
}

function typeOf({ type, converted_type: converted, logical_type: logical }: SchemaElement): string {
  return logical?.type ?? converted ?? type ?? "a group of columns";
}

/**
 * Columns that pandas takes for its index when it reads the file
 * (https://pandas.pydata.org/docs/development/developer.html).
 */
function pandasIndex(note: string | undefined): ReadonlySet<unknown> {
  if (note === undefined) return new Set();
  try {
    const { index_columns: columns } = JSON.parse(note);
    return new Set(Array.isArray(columns) ? columns : []);
  } catch {
    return new Set();
  }
}

async function told<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw malformed(`${name} can't be read: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

function malformed(what: string, { hint = HINT, cause }: { hint?: string; cause?: unknown } = {}): StepError {
  return new StepError({ error: "parquet-malformed", category: "input", detail: `${what}.`, hint }, { cause });
}

const HINT =
  "Give a Parquet file with one row for each point, and columns of whole numbers or floats alone; cast others before they are written.";

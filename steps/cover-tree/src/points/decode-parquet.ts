import { StepError } from "@orchestrate/sdk";
import { parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import type { PointSet } from "./point-set.ts";

/**
 * Reads the columns of a Parquet file as those of points; each must hold numbers.
 *
 * @throws StepError `parquet-malformed` (input), with row and column.
 */
export async function decodeParquet(bytes: Uint8Array, name: string): Promise<PointSet> {
  const file = Uint8Array.from(bytes).buffer;
  const table = await readTable(file, name);
  const values = new Float64Array(table.rows.length * table.columns.length);
  for (const [row, record] of table.rows.entries()) {
    for (const [column, title] of table.columns.entries()) {
      const value = record[title];
      const number = typeof value === "bigint" ? Number(value) : value;
      if (typeof number !== "number") {
        throw malformed(
          `${name}, row ${row}, column "${title}", is ${value === null ? "null" : typeof value}, which is no number`,
        );
      }
      if (typeof value === "bigint" && BigInt(number) !== value) {
        throw malformed(`${name}, row ${row}, column "${title}", is ${value}, which is no float64`);
      }
      values[row * table.columns.length + column] = number;
    }
  }
  return { count: table.rows.length, dimension: table.columns.length, values };
}

async function readTable(file: ArrayBuffer, name: string) {
  try {
    const metadata = await parquetMetadataAsync(file);
    const columns = metadata.schema.slice(1).map((element) => element.name);
    return { columns, rows: await parquetReadObjects({ file, metadata }) };
  } catch (cause) {
    throw malformed(`${name} can't be read: ${cause instanceof Error ? cause.message : cause}`, cause);
  }
}

function malformed(what: string, cause?: unknown): StepError {
  return new StepError(
    {
      error: "parquet-malformed",
      category: "input",
      detail: `${what}.`,
      hint: "Give a Parquet file with one row for each point, and columns of numbers alone.",
    },
    { cause },
  );
}

import { readFile, stat } from "node:fs/promises";
import { StepError, z } from "@orchestrate/sdk";
import { decodeNpy } from "../npy/decode-npy.ts";
import { unreachable } from "../unreachable.ts";
import { checkPoints } from "./check-points.ts";
import { decodeCsv } from "./decode-csv.ts";
import { decodeParquet } from "./decode-parquet.ts";
import type { PointSet } from "./point-set.ts";

/** Formats of points; `auto` tells them apart by how the file begins. */
export const PointFormat = z.enum(["npy", "csv", "parquet", "auto"]).default("auto");
export type PointFormat = z.infer<typeof PointFormat>;

/**
 * Reads points: NumPy, CSV with or without a line of names, or Parquet with columns of numbers.
 *
 * @param name how the file is called in errors.
 * @throws StepError `points-…`, `npy-malformed`, `csv-malformed` or `parquet-malformed` (input).
 */
export async function readPoints(path: string, format: PointFormat, name: string): Promise<PointSet> {
  const { size } = await stat(path);
  if (size > LARGEST_FILE) throw tooLarge(size, name);
  const bytes = await readFile(path);
  const points = await decode(bytes, format === "auto" ? formatOf(bytes, name) : format, name);
  checkPoints(points, name);
  return points;
}

/** What Node reads at once, and the inner loops can hold twice. */
const LARGEST_FILE = 2 ** 31 - 1;

function tooLarge(size: number, name: string): StepError {
  return new StepError({
    error: "points-too-many",
    category: "input",
    detail: `${name} has ${size} bytes, and at most ${LARGEST_FILE} can be read.`,
    hint: "Part the points into several trees, and take the nearest of their answers.",
  });
}

async function decode(bytes: Uint8Array, format: Exclude<PointFormat, "auto">, name: string): Promise<PointSet> {
  switch (format) {
    case "npy":
      return decodeNpy(bytes, name);
    case "csv":
      return decodeCsv(bytes, name);
    case "parquet":
      return decodeParquet(bytes, name);
    default:
      return unreachable(format);
  }
}

function formatOf(bytes: Buffer, name: string): Exclude<PointFormat, "auto"> {
  if (bytes.toString("latin1", 0, 6) === "\x93NUMPY") return "npy";
  if (bytes.toString("latin1", 0, 4) === "PAR1") return "parquet";
  if (!bytes.subarray(0, 1024).includes(0)) return "csv";
  throw new StepError({
    error: "points-unknown-format",
    category: "input",
    detail: `${name} is neither NumPy, Parquet nor text.`,
    hint: "Give points as .npy, .csv or .parquet, or say which by `format`.",
  });
}

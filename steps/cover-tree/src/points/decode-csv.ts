import { StepError } from "@orchestrate/sdk";
import type { PointSet } from "./point-set.ts";

/**
 * Reads lines of numbers with commas, semicolons or tabs between them. A first line of names is left out.
 *
 * @throws StepError `csv-malformed` (input), with line and column.
 */
export function decodeCsv(bytes: Uint8Array, name: string): PointSet {
  const lines = new TextDecoder()
    .decode(bytes)
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/);
  const separator = /[,;\t]/.exec(lines[0] ?? "")?.[0] ?? ",";
  const hasNames = (lines[0] ?? "")
    .split(separator)
    .every((cell) => cell.trim() !== "" && Number.isNaN(numberOf(cell)));
  const values: number[] = [];
  let dimension = 0;
  for (const [index, line] of lines.entries()) {
    if ((index === 0 && hasNames) || line.trim() === "") continue;
    const cells = line.split(separator);
    if (dimension === 0) dimension = cells.length;
    if (cells.length !== dimension) {
      throw malformed(
        `${name}, line ${index + 1}, has ${cells.length} columns, and the lines before have ${dimension}`,
      );
    }
    for (const [column, cell] of cells.entries()) {
      const value = numberOf(cell);
      if (Number.isNaN(value)) {
        throw malformed(`${name}, line ${index + 1}, column ${column + 1}, is "${cell.trim()}", which is no number`);
      }
      values.push(value);
    }
  }
  return { count: dimension === 0 ? 0 : values.length / dimension, dimension, values: Float64Array.from(values) };
}

function numberOf(cell: string): number {
  const text = cell.trim().replace(/^"(.*)"$/, "$1");
  return text === "" ? Number.NaN : Number(text);
}

function malformed(what: string): StepError {
  return new StepError({
    error: "csv-malformed",
    category: "input",
    detail: `${what}.`,
    hint: "Give one point a line, each with the same count of numbers.",
  });
}

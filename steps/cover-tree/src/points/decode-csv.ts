import { StepError } from "@orchestrate/sdk";
import type { PointSet } from "./point-set.ts";

/**
 * Reads lines of numbers with commas, semicolons or tabs between them. A first line of names is left out; empty lines may only
 * stand at the end, since the others are counted.
 *
 * @throws StepError `csv-malformed` (input), with line and column.
 */
export function decodeCsv(bytes: Uint8Array, name: string): PointSet {
  const lines = linesOf(bytes);
  const separator = /[,;\t]/.exec((lines[0] ?? "").replaceAll(/"[^"]*"/g, ""))?.[0] ?? ",";
  const top = cellsOf(lines[0] ?? "", separator);
  const first = top.every(isName) ? 1 : 0;
  const count = lines.length - first;
  const dimension = count === 0 ? 0 : top.length;
  const values = new Float64Array(count * dimension);
  for (let row = 0; row < count; row++) {
    const line = row + first + 1;
    const cells = cellsOf(lines[row + first]!, separator);
    if (cells.length !== dimension) {
      throw malformed(`${name}, line ${line}, has ${cells.length} columns, and the lines before have ${dimension}`);
    }
    for (const [column, cell] of cells.entries()) {
      if (!NUMBER.test(cell)) {
        throw malformed(`${name}, line ${line}, column ${column + 1}, is "${cell}", which is no number`);
      }
      values[row * dimension + column] = Number(cell);
    }
  }
  return { count, dimension, values };
}

function linesOf(bytes: Uint8Array): readonly string[] {
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  while (lines.at(-1)?.trim() === "") lines.pop();
  return lines;
}

/** The cells of a line, without the blanks and quotes around them. A separator between quotes is none. */
function cellsOf(line: string, separator: string): readonly string[] {
  const cells: string[] = [];
  for (const part of line.split(separator)) {
    const last = cells.length - 1;
    if (last >= 0 && isOpen(cells[last]!)) cells[last] += separator + part;
    else cells.push(part);
  }
  return cells.map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
}

/** Whether a quote is not closed. */
function isOpen(cell: string): boolean {
  return cell.includes('"') && cell.split('"').length % 2 === 0;
}

function isName(cell: string): boolean {
  return cell !== "" && !NUMBER.test(cell) && !MISSING.test(cell);
}

const NUMBER = /^[+-]?((\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|Infinity)$/;

/** What other programs write for a number that is none, and nobody calls a column. */
const MISSING = /^[+-]?(nan|na|n\/a|null|none|inf)$/i;

function malformed(what: string): StepError {
  return new StepError({
    error: "csv-malformed",
    category: "input",
    detail: `${what}.`,
    hint: "Give one point a line, each with the same count of numbers.",
  });
}

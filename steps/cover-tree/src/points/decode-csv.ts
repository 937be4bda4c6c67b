import { StepError } from "@orchestrate/sdk";
import { columnCount } from "./column-count.ts";
import type { PointSet } from "./point-set.ts";
import { TextLines } from "./text-lines.ts";

/**
 * Reads lines of numbers with commas, semicolons or tabs between them. A first line of names is left out; empty lines
 * may only stand at the end, since the others are counted.
 *
 * @param name how the file is called in errors.
 * @throws StepError `csv-malformed` (input), with line and column.
 */
export function decodeCsv(bytes: Uint8Array, name: string): PointSet {
  const lines = new TextLines(bytes);
  const [top = ""] = lines;
  const separator = /[,;\t]/.exec(top.replaceAll(/"[^"]*"/g, ""))?.[0] ?? ",";
  const titles = cellsOf(top, separator);
  const first = titles.every(isName) ? 1 : 0;
  const count = lines.count() - first;
  const dimension = count === 0 ? 0 : titles.length;
  const values = new Float64Array(count * dimension);
  let line = 0;
  for (const text of lines) {
    if (++line <= first) continue;
    const cells = cellsOf(text, separator);
    if (cells.length !== dimension) {
      throw malformed(
        `${name}, line ${line}, has ${columnCount(cells.length)}, and the lines before have ${dimension}`,
      );
    }
    for (const [column, cell] of cells.entries()) {
      if (!NUMBER.test(cell)) {
        throw malformed(`${name}, line ${line}, column ${column + 1}, is "${cell}", which is no number`);
      }
      values[(line - first - 1) * dimension + column] = Number(cell);
    }
  }
  return { count, dimension, values };
}

/** The cells of a line, without the blanks and quotes around them. A separator between quotes is none. */
function cellsOf(line: string, separator: string): readonly string[] {
  const cells: string[] = [];
  let isQuoted = false;
  for (const part of line.split(separator)) {
    if (isQuoted) cells[cells.length - 1] += separator + part;
    else cells.push(part);
    if (part.includes('"') && part.split('"').length % 2 === 0) isQuoted = !isQuoted;
  }
  return cells.map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
}

/** What is more than numbers, blanks and brackets, and stands for no missing number. */
function isName(cell: string): boolean {
  const words = cell.split(/[\s[\](){}|]+/).filter((word) => word !== "");
  return words.some((word) => !NUMBER.test(word) && !MISSING.test(word));
}

const NUMBER = /^[+-]?((\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|Infinity)$/;

/** What other programs write for a number that is none, and nobody calls a column. */
const MISSING = /^[+-]?(nan|na|n\/a|null|none|inf)$/i;

function malformed(what: string): StepError {
  return new StepError({
    error: "csv-malformed",
    category: "input",
    detail: `${what}.`,
    hint: "Give one point a line, each with the same count of numbers, and commas, semicolons or tabs between them.",
  });
}

import { StepError } from "@orchestrate/sdk";
import { NO_ROW } from "../layout/block-layout.ts";

/**
 * Which positions are queries, and which rows each of them may find.
 *
 * @param rows of the tree's points, which come first in the space; `others` points follow.
 * @param predecessor whether only rows before its own are neighbours of a query.
 * @param chosen rows that are queries, where no points follow.
 * @throws StepError `rows-unknown` or `predecessor-of-points` (input).
 */
export function selectQueries(
  rows: Int32Array,
  others: number,
  predecessor: boolean,
  chosen: readonly number[] | undefined,
): { readonly queries: Int32Array; readonly ends: Int32Array } {
  if (others > 0) {
    if (predecessor || chosen !== undefined) throw ofPoints(predecessor ? "predecessor" : "rows");
    const queries = Int32Array.from({ length: others }, (_, index) => rows.length + index);
    return { queries, ends: new Int32Array(others).fill(NO_ROW) };
  }
  const queries = chosen === undefined ? Int32Array.from(rows.keys()) : positionsOf(rows, chosen);
  return {
    queries,
    ends: predecessor ? queries.map((position) => rows[position]!) : new Int32Array(queries.length).fill(NO_ROW),
  };
}

function positionsOf(rows: Int32Array, chosen: readonly number[]): Int32Array {
  const positions = new Map(Array.from(rows, (row, position) => [row, position]));
  const missing = chosen.filter((row) => !positions.has(row));
  if (missing.length > 0) {
    throw new StepError({
      error: "rows-unknown",
      category: "input",
      detail: `${missing.length} rows to look from are not in the tree: ${missing.slice(0, 10).join(", ")}.`,
      hint: "Rows are those of the input that the tree was built of; a deleted one is gone.",
    });
  }
  return Int32Array.from(chosen, (row) => positions.get(row)!);
}

function ofPoints(field: string): StepError {
  return new StepError({
    error: "queries-twofold",
    category: "input",
    detail: `Queries are wired, and the config says ${field}, which speaks of rows of the tree.`,
    hint: `Leave the input queries unwired, or leave ${field} out.`,
  });
}

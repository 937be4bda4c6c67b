import { StepError } from "@orchestrate/sdk";
import { NO_ROW } from "../layout/block-layout.ts";
import { positionsOf } from "../points/positions-of.ts";

/**
 * Which positions are queries, and which rows each of them may find.
 *
 * @param rows of the tree's points, which come first in the space; `others` points follow.
 * @param predecessor whether only rows before its own are neighbours of a query.
 * @param chosen rows that are queries, where no points follow.
 * @throws StepError `rows-unknown` or `queries-twofold` (input).
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
  const queries =
    chosen === undefined ? Int32Array.from(rows.keys()) : Int32Array.from(positionsOf(rows, chosen, "to look from"));
  return {
    queries,
    ends: predecessor ? queries.map((position) => rows[position]!) : new Int32Array(queries.length).fill(NO_ROW),
  };
}

function ofPoints(field: string): StepError {
  return new StepError({
    error: "queries-twofold",
    category: "input",
    detail: `Queries are wired, and the config says ${field}, which speaks of rows of the tree.`,
    hint: `Leave the input queries unwired, or leave ${field} out.`,
  });
}

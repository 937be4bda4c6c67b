import { StepError } from "@orchestrate/sdk";

/** Missing rows that are named; of more it is said how many. */
const NAMED = 10;

/**
 * Where rows stand in a tree.
 *
 * @param rows the row of each position.
 * @param purpose what they are wanted for, as "to delete".
 * @throws StepError `rows-unknown` (input), which names those that are not there.
 */
export function positionsOf(rows: Int32Array, wanted: readonly number[], purpose: string): readonly number[] {
  const positions = new Map(Array.from(rows, (row, position) => [row, position]));
  const missing = wanted.filter((row) => !positions.has(row));
  if (missing.length === 0) return wanted.map((row) => positions.get(row)!);
  const more = missing.length > NAMED ? ` and ${missing.length - NAMED} more` : "";
  throw new StepError({
    error: "rows-unknown",
    category: "input",
    detail: `Rows ${purpose} are not in the tree: ${missing.slice(0, NAMED).join(", ")}${more}.`,
    hint: "Rows are those of the input that the tree was built of; a deleted one is gone.",
  });
}

import { StepError } from "@orchestrate/sdk";
import { unreachable } from "../unreachable.ts";

/**
 * What is done to every row before rows are compared: nothing, its length made 1, or that after its mean is taken off.
 */
export type Preparation = "none" | "unit" | "centred-unit";

/**
 * Prepares a row in place, in a fixed order of operations.
 *
 * @param name how the row is called in errors, as "row 7 of points".
 * @throws StepError `row-zero` or `row-constant` (input), since such a row has no direction.
 */
export function prepareRow(row: Float64Array, preparation: Preparation, name: string): void {
  switch (preparation) {
    case "none":
      return;
    case "unit":
      if (row.every((value) => value === 0)) throw noDirection("row-zero", `${name} is zero`, "cosine");
      scaleToUnit(row);
      return;
    case "centred-unit":
      if (row.every((value) => value === row[0])) throw noDirection("row-constant", `${name} is constant`, "Pearson");
      centre(row);
      centre(row);
      scaleToUnit(row);
      return;
    default:
      unreachable(preparation);
  }
}

/** Done twice, since the mean of numbers with a large offset is rounded by more than what they differ in. */
function centre(row: Float64Array): void {
  let sum = 0;
  for (const value of row) sum += value;
  const mean = sum / row.length;
  for (let column = 0; column < row.length; column++) row[column] = row[column]! - mean;
}

/** The greatest value is made 1 first, so that no square is lost or infinite. */
function scaleToUnit(row: Float64Array): void {
  let greatest = 0;
  for (const value of row) greatest = Math.max(greatest, Math.abs(value));
  let sum = 0;
  for (let column = 0; column < row.length; column++) {
    const value = row[column]! / greatest;
    row[column] = value;
    sum += value * value;
  }
  const length = Math.sqrt(sum);
  for (let column = 0; column < row.length; column++) row[column] = row[column]! / length;
}

function noDirection(error: string, detail: string, distance: string): StepError {
  return new StepError({
    error,
    category: "input",
    detail: `${detail}, and the ${distance} distance to it is not defined.`,
    hint: "Remove such rows, or choose the Euclidean distance.",
  });
}

import { StepError } from "@orchestrate/sdk";
import type { PointSet } from "./point-set.ts";

/** Beyond it the square of a difference may be infinite. */
export const LARGEST = 1e150;

/**
 * Refuses points that no distance can be told of.
 *
 * @param name how the points are called in errors.
 * @throws StepError `points-empty`, `points-shape`, `points-not-finite` or `points-too-large` (input).
 */
export function checkPoints(points: PointSet, name: string): void {
  const { count, dimension, values } = points;
  if (count === 0 || dimension === 0) {
    throw refusal("points-empty", `${name} has ${count} rows of ${dimension} numbers.`, "Give at least one point.");
  }
  if (values.length !== count * dimension) {
    const detail = `${name} has ${values.length} numbers, which are not ${count} rows of ${dimension}.`;
    throw refusal("points-shape", detail, "Give a matrix with one row for each point.");
  }
  const wrong = values.findIndex((value) => !(Math.abs(value) <= LARGEST));
  if (wrong < 0) return;
  const where = `row ${Math.floor(wrong / dimension)}, column ${wrong % dimension}`;
  const value = values[wrong]!;
  if (Number.isFinite(value)) {
    const hint = "Scale the points down: squares of differences must be finite.";
    throw refusal("points-too-large", `${name} holds ${value} at ${where}.`, hint);
  }
  const hint = "Remove or fill in rows with missing values before they are used.";
  throw refusal("points-not-finite", `${name} holds ${value} at ${where}.`, hint);
}

function refusal(error: string, detail: string, hint: string): StepError {
  return new StepError({ error, category: "input", detail, hint });
}

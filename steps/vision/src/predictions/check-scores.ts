import { StepError } from "@orchestrate/sdk";

/**
 * Refuses scores that nothing can be fitted to: those that pass are finite and in [0, 1].
 *
 * @throws StepError `scores-not-finite`, `scores-out-of-range` and `lengths-differ` (invariant).
 */
export function checkScores(scores: Float64Array, labels: Uint8Array): void {
  if (scores.length !== labels.length) {
    throw broken("lengths-differ", `There are ${scores.length} scores and ${labels.length} labels.`);
  }
  const first = scores.findIndex((score) => !Number.isFinite(score));
  if (first >= 0) {
    const bad = scores.filter((score) => !Number.isFinite(score)).length;
    throw broken(
      "scores-not-finite",
      `${bad} of ${scores.length} scores are not finite numbers, the first at index ${first}.`,
    );
  }
  const outside = scores.findIndex((score) => score < 0 || score > 1);
  if (outside >= 0) {
    throw broken(
      "scores-out-of-range",
      `The score at index ${outside} is ${scores[outside]}; a probability lies in [0, 1].`,
    );
  }
}

function broken(error: string, detail: string): StepError {
  return new StepError({
    error,
    category: "invariant",
    detail,
    hint: "Look at the training that wrote these predictions: its loss or its weights went wrong.",
  });
}

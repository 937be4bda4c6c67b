import { StepError } from "@orchestrate/sdk";
import type { Predictions } from "./predictions.ts";

/**
 * Refuses predictions that nothing can be fitted to: scores that pass are finite and in [0, 1], and what they were made
 * of is finite too, as a probability of 1 can be that of an infinite logit.
 *
 * @param scores probabilities of the positive class, one a picture.
 * @throws StepError `scores-not-finite`, `scores-out-of-range` and `lengths-differ` (invariant).
 */
export function checkScores(
  scores: Float64Array,
  { labels, logits, features }: Pick<Predictions, "labels" | "logits" | "features">,
): void {
  if (scores.length !== labels.length) {
    throw broken("lengths-differ", `There are ${scores.length} scores and ${labels.length} labels.`);
  }
  checkFinite("scores", scores);
  checkFinite("logits", logits);
  checkFinite("features", features);
  const outside = scores.findIndex((score) => score < 0 || score > 1);
  if (outside >= 0) {
    throw broken(
      "scores-out-of-range",
      `The score at index ${outside} is ${scores[outside]}; a probability lies in [0, 1].`,
    );
  }
}

function checkFinite(what: string, values: ArrayLike<number>): void {
  let bad = 0;
  let first = 0;
  for (let at = values.length - 1; at >= 0; at--) {
    if (Number.isFinite(values[at])) continue;
    bad++;
    first = at;
  }
  if (bad === 0) return;
  const detail = `${bad} of ${values.length} ${what} are not finite numbers, the first at index ${first}.`;
  throw broken("scores-not-finite", detail);
}

function broken(error: string, detail: string): StepError {
  return new StepError({
    error,
    category: "invariant",
    detail,
    hint: "Look at the training that wrote these predictions: its loss or its weights went wrong.",
  });
}

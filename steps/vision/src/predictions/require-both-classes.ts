import { StepError } from "@orchestrate/sdk";
import type { Predictions } from "./predictions.ts";

/**
 * Refuses predictions of one class alone, to which no threshold and no map can be fitted.
 *
 * @throws StepError `one-class-labels` (input).
 */
export function requireBothClasses({ labels, classes, origin }: Predictions): void {
  if (labels.includes(0) && labels.includes(1)) return;
  const all = labels.length === 0 ? "There are no labels" : `All ${labels.length} labels are "${classes[labels[0]!]}"`;
  throw new StepError({
    error: "one-class-labels",
    category: "input",
    detail: `${all}; a threshold is fitted to images of both classes.`,
    hint: `Give ${origin.split} images of both classes.`,
  });
}

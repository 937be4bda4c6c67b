import { StepError } from "@orchestrate/sdk";
import type { Predictions } from "./predictions.ts";

/**
 * Refuses predictions of one class alone, to which no threshold and no map can be fitted.
 *
 * @param least labels of each class that it takes.
 * @throws StepError `one-class-labels` (input).
 */
export function requireBothClasses({ labels, classes, origin }: Predictions, least = 1): void {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const counts = [labels.length - positives, positives];
  if (Math.min(...counts) >= least) return;
  throw new StepError({
    error: "one-class-labels",
    category: "input",
    detail: counts.includes(0) ? allAlike(labels, classes) : tooFew(counts, classes, least),
    hint: `Give ${origin.split} images of both classes.`,
  });
}

function allAlike(labels: Uint8Array, classes: readonly string[]): string {
  const all = labels.length === 0 ? "There are no labels" : `All ${labels.length} labels are "${classes[labels[0]!]}"`;
  return `${all}; a threshold is fitted to images of both classes.`;
}

function tooFew(counts: readonly number[], classes: readonly string[], least: number): string {
  const found = counts.map((count, label) => `${count} of "${classes[label]}"`).join(" and ");
  return `There are ${found}; what is fitted to one half and judged by the other takes ${least} of each.`;
}

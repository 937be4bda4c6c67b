import { StepError } from "@orchestrate/sdk";
import type { Split } from "./image-set.ts";

/**
 * Refuses splits that are not of one data set.
 *
 * @param sets by name; the first is what the others are held against.
 * @throws StepError `splits-differ` (input) where they differ in size, fit or classes, come from different cuts, or one
 * is empty.
 */
export function checkSplits(sets: Readonly<Record<string, Split>>): void {
  const [reference, ...others] = Object.entries(sets);
  if (reference === undefined) return;
  const [first, { size, fit, classes, origin, labels }] = reference;
  if (labels.length === 0) throw differ(`${first} is empty`);
  for (const [name, set] of others) {
    if (set.size !== size) throw differ(`${first} has images of ${size} pixels, ${name} of ${set.size}`);
    if (set.fit !== fit) throw differ(`${first} was brought to size by ${fit}, ${name} by ${set.fit}`);
    if (set.classes.join("\n") !== classes.join("\n")) {
      throw differ(`${first} has the classes ${classes.join(", ")}, ${name} has ${set.classes.join(", ")}`);
    }
    if (set.origin.cut !== origin.cut) {
      throw differ(`${first} and ${name} come from different cuts, and may share pictures`);
    }
    if (set.labels.length === 0) throw differ(`${name} is empty`);
  }
}

function differ(what: string): StepError {
  return new StepError({
    error: "splits-differ",
    category: "input",
    detail: `The splits do not go together: ${what}.`,
    hint: "Wire all splits from one vision/dataset phase.",
  });
}

import { StepError } from "@orchestrate/sdk";

/** The error of a file that is not as it was written. */
export function damagedTree(path: string, what: string): StepError {
  return new StepError({
    error: "tree-damaged",
    category: "invariant",
    detail: `${path} is no whole tree file: ${what}.`,
    hint: "Build the tree anew, or take an undamaged copy.",
  });
}

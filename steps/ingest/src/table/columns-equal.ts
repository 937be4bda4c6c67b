import { StepError } from "@orchestrate/sdk";

/** The error that refuses a source with a column whose name is that of another, but for its case perhaps. */
export function columnsEqual(name: string): StepError {
  return new StepError({
    error: "columns-equal",
    category: "input",
    detail: `Two columns of the source are called "${name}", which differ by case at most.`,
    hint: "Rename one of them, or load with columns from a view that has only one.",
  });
}

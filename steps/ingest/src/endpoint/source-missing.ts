import { StepError } from "@orchestrate/sdk";

/** The error for a source at which there is no table. */
export function sourceMissing(label: string): StepError {
  return new StepError({
    error: "source-missing",
    category: "input",
    detail: `There is no table at the source ${label}.`,
    hint: "Check its options, and what is wired to the input source.",
  });
}

import { StepError } from "@orchestrate/sdk";

/** The error for a statement that a database refuses, in its own words. `io` where another attempt may succeed. */
export function databaseRefused(
  { engine, words, category }: { readonly engine: string; readonly words: string; readonly category: "io" | "failed" },
  cause: unknown,
): StepError {
  return new StepError(
    {
      error: "database-refused",
      category,
      detail: `${engine} says: ${words}.`,
      hint: "Mend the data, the table or the options that it names.",
    },
    { cause },
  );
}

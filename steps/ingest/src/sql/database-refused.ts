import { StepError } from "@orchestrate/sdk";

/** What a database refuses, and why. */
export interface Refusal {
  readonly engine: string;
  /** The database's own. */
  readonly words: string;
  /** `io` where another attempt may succeed. */
  readonly category: "io" | "failed";
  readonly hint?: string | undefined;
}

/** The error for a statement that a database refuses. */
export function databaseRefused({ engine, words, category, hint }: Refusal, cause: unknown): StepError {
  return new StepError(
    {
      error: "database-refused",
      category,
      detail: `${engine} says: ${words}.`,
      hint: hint ?? HINTS[category],
    },
    { cause },
  );
}

const HINTS = {
  io: "Look whether the database runs, can be reached and has room, and resume the run.",
  failed: "Mend the data, the table or the options that it names.",
} as const;

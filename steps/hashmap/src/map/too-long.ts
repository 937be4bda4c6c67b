import { StepError } from "@orchestrate/sdk";

/** The error of a key or value that is longer than a map holds. Lengths in bytes. */
export function tooLong(what: "key" | "value", length: number, limit: number): StepError {
  return new StepError({
    error: `map-${what}-too-long`,
    category: "input",
    detail: `A ${what} has ${length} bytes; the map holds ${what}s of at most ${limit}.`,
    hint: `Shorten the ${what}, or keep what is large elsewhere and store its digest.`,
  });
}

import { StepError } from "@orchestrate/sdk";

/** @throws StepError `map-full`: all that 32-bit addresses reach is taken. */
export function mapFull(): never {
  throw new StepError({
    error: "map-full",
    category: "policy",
    detail: "The map would need more than 4 GiB of memory.",
    hint: "Give it fewer rows (`limits.maxRows`), or shorter values.",
  });
}

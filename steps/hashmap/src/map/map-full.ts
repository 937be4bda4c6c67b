import { StepError } from "@orchestrate/sdk";

/** @throws StepError `map-full`: all that 32-bit addresses reach is taken, or all that the machine gives. */
export function mapFull(): never {
  throw new StepError({
    error: "map-full",
    category: "policy",
    detail: "The map would need more than 4 GiB of memory, or more than there is.",
    hint: "Give it fewer rows (`limits.maxRows`), or shorter values.",
  });
}

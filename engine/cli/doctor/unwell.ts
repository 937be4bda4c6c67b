import { OrchestrateError } from "@orchestrate/sdk";
import { formatCount } from "../../io/terminal/format-count.ts";
import type { Check } from "./check.ts";

/** What a doctor's command ends with where something is broken. @param faults at least one */
export function unwell(faults: readonly Check[]): OrchestrateError {
  const { subject, detail, hint } = faults[0]!;
  return new OrchestrateError({
    error: "doctor-found-faults",
    category: "input",
    detail: `${formatCount(faults.length, "check")} failed, the first is ${subject}: ${detail}`,
    hint,
  });
}

import type { Verification } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import { formatCount } from "../io/terminal/format-count.ts";

/** That a run is not as its records say: `run-not-verified` (invariant), naming the first problem. */
export function notVerified(directory: string, { problems }: Verification, hint: string): OrchestrateError {
  const [first] = problems;
  return new OrchestrateError({
    error: "run-not-verified",
    category: "invariant",
    detail: `${directory} does not verify: ${formatCount(problems.length, "problem")}, the first at ${first?.where}: ${first?.what}.`,
    hint,
  });
}

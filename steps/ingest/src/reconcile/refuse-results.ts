import { StepError } from "@orchestrate/sdk";
import type { CheckStatus, Results } from "./check-result.ts";

/** @throws StepError `reconcile-failed` (policy) where a result is graver than what is tolerated. */
export function refuseResults({ checks, source, target }: Results, tolerate: "pass" | "warn" | "all"): void {
  const grave: readonly CheckStatus[] =
    tolerate === "all" ? [] : tolerate === "warn" ? ["fail", "error"] : ["warn", "fail", "error"];
  const wrong = checks.filter(({ status }) => grave.includes(status));
  if (wrong.length === 0) return;
  throw new StepError({
    error: "reconcile-failed",
    category: "policy",
    detail: `${target} does not agree with ${source}: ${wrong.map(({ name, status, detail }) => `${name} ${status}s: ${detail}`).join(" ")}`,
    hint: "results.json and differences.ndjson in the attempt's directory tell more. To go on all the same, set tolerate to all.",
  });
}

import { OrchestrateError } from "@orchestrate/sdk";
import { formatCount } from "../../io/terminal/format-count.ts";
import { EXIT_STATUS } from "../exit-status.ts";
import type { Invocation } from "../invocation.ts";
import { reportError } from "../report-error.ts";
import type { Check } from "./check.ts";
import { describeChecks } from "./describe-checks.ts";

/** Ends a doctor's command with what it found, and gives the exit status: 2 where something is broken, else 0. */
export function tellChecks(invocation: Invocation, checks: readonly Check[]): number {
  const faults = checks.filter(({ state }) => state === "broken");
  if (invocation.format === "json") invocation.print(JSON.stringify({ ok: faults.length === 0, checks }));
  else invocation.print(describeChecks(invocation, checks));
  const [first] = faults;
  return first === undefined ? EXIT_STATUS.ok : reportError(invocation, unwell(faults.length, first));
}

function unwell(count: number, { subject, detail, hint }: Check): OrchestrateError {
  return new OrchestrateError({
    error: "doctor-found-faults",
    category: "input",
    detail: `${formatCount(count, "check")} failed, the first is ${subject}: ${detail}`,
    hint,
  });
}

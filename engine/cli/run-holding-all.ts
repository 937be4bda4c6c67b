import type { Plan } from "../core/plan/plan.ts";
import type { Index, RunRow } from "../io/index/index-port.ts";

/** The complete run that holds every planned result already; undefined where something is to be done. */
export function runHoldingAll(plan: Plan, index: Pick<Index, "runs">): RunRow | undefined {
  let holder: string | undefined;
  for (const { decision, phase, key } of plan.entries.values()) {
    if (decision.type !== "reuse") return undefined;
    const { candidate } = decision;
    // The same phase, so that whoever looks there finds it under its name.
    if (candidate.phase !== phase || candidate.key !== key) return undefined;
    holder ??= candidate.run;
    if (candidate.run !== holder) return undefined;
  }
  return index.runs().find(({ run, complete }) => run === holder && complete);
}

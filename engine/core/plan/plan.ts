import type { Instance } from "../graph/instance.ts";
import type { Decision } from "./decide.ts";
import type { InstanceFacts } from "./instance-facts.ts";

/** One line of a plan. A fan-out whose list has yet to be made is one entry without an instance. */
export interface PlanEntry {
  /** `phase`, `phase[key]`, or `phase[*]`. */
  readonly id: string;
  readonly phase: string;
  readonly key: string | null;
  readonly instance: Instance | undefined;
  readonly facts: InstanceFacts | undefined;
  readonly decision: Decision;
}

/** The decisions before a run, in the order in which they were made. */
export interface Plan {
  readonly selected: ReadonlySet<string>;
  readonly entries: ReadonlyMap<string, PlanEntry>;
}

/** How many entries have each decision. */
export function countDecisions(plan: Plan): Readonly<Record<Decision["type"], number>> {
  const counts = { reuse: 0, run: 0, pending: 0 };
  for (const { decision } of plan.entries.values()) counts[decision.type] += 1;
  return counts;
}

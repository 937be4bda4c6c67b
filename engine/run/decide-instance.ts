import type { Instance } from "../core/graph/instance.ts";
import { conclude, type Decision, type DecisionScope, decide } from "../core/plan/decide.ts";
import type { InstanceFacts } from "../core/plan/instance-facts.ts";
import type { RunRecords } from "./ports/run-records.ts";

/** Decides on an instance, looking up what could be reused. At once wherever nothing has to be digested for it. */
export function decideInstance(
  scope: DecisionScope,
  instance: Instance,
  facts: InstanceFacts,
  records: Pick<RunRecords, "find">,
): Decision | Promise<Decision> {
  const decided = decide(scope, instance, facts);
  if (decided.type !== "look-up") return decided;
  const found = records.find(decided.fingerprint.digest);
  if (found instanceof Promise) return found.then((candidate) => conclude(decided, candidate));
  return conclude(decided, found);
}

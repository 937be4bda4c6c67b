import type { PhaseManifest } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import { type Instance, parseInstanceId } from "../core/graph/instance.ts";
import { type DecisionScope, decide } from "../core/plan/decide.ts";
import type { Fingerprint } from "../core/plan/fingerprint.ts";
import type { InstanceFacts } from "../core/plan/instance-facts.ts";
import type { RecoveredPhase } from "./committed-phases.ts";
import type { PreparedPlan } from "./make-plan.ts";

/**
 * Checks that what a run has committed is what it would still be made of.
 *
 * @throws OrchestrateError `run-drifted` (policy) naming every phase whose code or inputs changed.
 */
export function refuseDrift(recovered: ReadonlyMap<string, RecoveredPhase>, plan: PreparedPlan): void {
  const drifted: Drift[] = [];
  for (const [id, { manifest }] of recovered) {
    const decision = plan.entries.get(id)?.decision;
    if (decision === undefined || decision.type === "pending") continue;
    drifted.push(...driftOf(id, manifest, decision.fingerprint));
  }
  if (drifted.length > 0) throw runDrifted(drifted);
}

/**
 * Checks what the plan could not tell: once its inputs are there, a phase must still be what it was committed with. Of
 * a gathered fan-out an instance may have succeeded that had failed when the others were gathered.
 *
 * @throws OrchestrateError `run-drifted` (policy)
 */
export function refuseLateDrift(
  scope: DecisionScope,
  { instance, facts, recovered }: { instance: Instance; facts: InstanceFacts; recovered: RecoveredPhase },
): void {
  const decision = decide(scope, instance, facts);
  if (decision.type === "pending") return;
  const drift = driftOf(instance.id, recovered.manifest, decision.fingerprint);
  if (drift.length > 0) throw runDrifted(drift);
}

/** An instance, and the parts in which what it was committed with differs from what it would be made of now. */
interface Drift {
  readonly id: string;
  readonly parts: string;
}

/** One drift, or none. */
function driftOf(id: string, { fingerprint }: PhaseManifest, { digest, parts: now }: Fingerprint): readonly Drift[] {
  if (digest === fingerprint.digest) return [];
  const before = fingerprint.parts;
  const parts = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(
    (part) => before[part] !== now[part],
  );
  return [{ id, parts: parts.join(", ") }];
}

/** What a person is told of committed phases that no longer fit; instances of one phase that drifted alike at once. */
function runDrifted(drifted: readonly Drift[]): OrchestrateError {
  const alike = Map.groupBy(drifted, ({ id, parts }) => JSON.stringify([parseInstanceId(id).phase, parts]));
  const told = [...alike.values()].map((group) => {
    const [{ id, parts }] = group as [Drift, ...Drift[]];
    return group.length === 1 ? `${id} (${parts})` : `${id} and ${group.length - 1} more of its phase (${parts})`;
  });
  return new OrchestrateError({
    error: "run-drifted",
    category: "policy",
    detail: `What these committed phases were made of has changed since: ${told.join("; ")}.`,
    hint: "Start a new run with orchestrate run, which reuses what still fits.",
  });
}

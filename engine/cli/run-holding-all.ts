import { instanceId } from "../core/graph/instance.ts";
import type { Candidate } from "../core/plan/candidate.ts";
import type { Plan, PlanEntry } from "../core/plan/plan.ts";
import type { Index, RunRow } from "../io/index/index-port.ts";

/** A complete run that holds every planned result already, and the plan with that run's own phases as candidates. */
export interface Holder<P extends Plan> {
  readonly run: RunRow;
  readonly plan: P;
}

type RunsAndPhases = Pick<Index, "runs" | "phasesOf">;

/**
 * Finds the newest complete run, of those that a phase could be reused from, that holds each of them under its own
 * name: so whoever looks there finds it. Undefined where there is none, or something is to be done.
 */
export async function runHoldingAll<P extends Plan>(plan: P, index: RunsAndPhases): Promise<Holder<P> | undefined> {
  const named = new Set<string>();
  for (const { decision } of plan.entries.values()) {
    if (decision.type !== "reuse") return undefined;
    named.add(decision.candidate.run);
  }
  for (const run of index.runs()) {
    if (!run.complete || !named.has(run.run)) continue;
    const entries = named.size === 1 && isInPlace(plan) ? plan.entries : await ownEntries(plan, run.run, index);
    if (entries !== undefined) return { run, plan: { ...plan, entries } };
  }
  return undefined;
}

/** Whether every candidate has the name of what it is reused for. */
function isInPlace({ entries }: Plan): boolean {
  for (const { decision, phase, key } of entries.values()) {
    if (decision.type !== "reuse") return false;
    if (decision.candidate.phase !== phase || decision.candidate.key !== key) return false;
  }
  return true;
}

/** The entries with a run's own phases as candidates; undefined where it lacks one, or one was changed. */
async function ownEntries(
  { entries }: Plan,
  run: string,
  index: RunsAndPhases,
): Promise<ReadonlyMap<string, PlanEntry> | undefined> {
  const held = new Map((await index.phasesOf(run)).map((phase) => [instanceId(phase.phase, phase.key), phase]));
  const own = new Map<string, PlanEntry>();
  for (const [id, entry] of entries) {
    const { decision } = entry;
    const candidate = held.get(id);
    if (decision.type !== "reuse" || candidate === undefined || !areEqual(candidate, decision.candidate))
      return undefined;
    own.set(id, { ...entry, decision: { ...decision, candidate } });
  }
  return own;
}

/** Of phases with one fingerprint but different results, the first that was committed is meant. */
function areEqual(a: Candidate, b: Candidate): boolean {
  const names = Object.keys(a.outputs);
  return (
    a.fingerprint === b.fingerprint &&
    names.length === Object.keys(b.outputs).length &&
    names.every((name) => a.outputs[name]?.digest === b.outputs[name]?.digest)
  );
}

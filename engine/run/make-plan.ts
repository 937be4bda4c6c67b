import { expandPhase } from "../core/graph/expand-phase.ts";
import type { Instance } from "../core/graph/instance.ts";
import type { Candidate } from "../core/plan/candidate.ts";
import { type Decision, type DecisionScope, decide } from "../core/plan/decide.ts";
import type { Plan, PlanEntry } from "../core/plan/plan.ts";
import { Schedule } from "../core/schedule/schedule.ts";
import { decideInstance } from "./decide-instance.ts";
import type { RunFiles } from "./ports/run-files.ts";
import type { RunRecords } from "./ports/run-records.ts";
import { type PreparationScope, type PreparedFacts, prepareInstances } from "./prepare-instances.ts";
import { listOf } from "./read-list.ts";

export interface PlanScope extends PreparationScope {
  /** The phases that were asked for, and all their ancestors. */
  readonly selected: ReadonlySet<string>;
  readonly files: RunFiles;
  readonly records: Pick<RunRecords, "find">;
  readonly decision: Omit<DecisionScope, "graph" | "schedule">;
  /** Instances that are committed in the run that is resumed, by id. */
  readonly recovered?: ReadonlyMap<string, Candidate>;
}

/** A plan, and what was looked up for it. */
export interface PreparedPlan extends Plan {
  readonly facts: ReadonlyMap<string, PreparedFacts>;
}

/**
 * Decides on every instance as far as it can be known before anything runs. Nothing is written.
 *
 * @throws PipelineIssues for whatever the steps' own schemas refuse.
 */
export async function makePlan(scope: PlanScope): Promise<PreparedPlan> {
  const schedule = new Schedule(scope.graph, scope.selected, new Map());
  const entries = new Map<string, PlanEntry>();
  const facts = new Map(await prepareInstances(scope, knownInstances(scope)));
  const decision: DecisionScope = { ...scope.decision, graph: scope.graph, schedule };
  while (!schedule.isDone) {
    for (const phase of [...schedule.awaitingList]) await expandOrLeave(scope, schedule, entries, phase);
    const batch = [];
    for (let next = schedule.next(); next !== undefined; next = schedule.next()) batch.push(next);
    const unprepared = batch.filter(({ id }) => !facts.has(id));
    for (const [id, found] of await prepareInstances(scope, unprepared)) facts.set(id, found);
    for (const instance of batch) {
      const recovered = scope.recovered?.get(instance.id);
      const answer =
        recovered === undefined
          ? decideInstance(decision, instance, facts.get(instance.id)!, scope.records)
          : asRecovered(decide(decision, instance, facts.get(instance.id)!), recovered);
      const decided = answer instanceof Promise ? await answer : answer;
      entries.set(instance.id, {
        id: instance.id,
        phase: instance.phase,
        key: instance.key,
        instance,
        facts: facts.get(instance.id)!,
        decision: decided,
      });
      schedule.finished(
        instance,
        decided.type === "reuse"
          ? {
              type: "committed",
              committed: { outputs: decided.candidate.outputs, manifest: decided.candidate.manifest },
            }
          : { type: "pending" },
      );
    }
  }
  return { selected: scope.selected, entries, facts };
}

/** The instances that the pipeline alone tells of: a plugin is asked for all their configs at once. */
function knownInstances({ graph, selected }: PlanScope): readonly Instance[] {
  const phases = [...selected].map((name) => graph.phases.get(name)!);
  return phases.flatMap((vertex) => (vertex.phase.each?.over === "artifact" ? [] : expandPhase(graph, vertex)));
}

/** What a former engine committed stands, whatever else could be done. */
function asRecovered(decision: ReturnType<typeof decide>, recovered: Candidate): Decision {
  if (decision.type === "pending") return decision;
  return { type: "reuse", fingerprint: decision.fingerprint, candidate: recovered };
}

/**
 * Reads the list a phase is fanned out over where the phase that writes it is reused; else there is one entry for it
 * all.
 */
async function expandOrLeave(
  scope: PlanScope,
  schedule: Schedule,
  entries: Map<string, PlanEntry>,
  phase: string,
): Promise<void> {
  const each = scope.graph.phases.get(phase)!.phase.each;
  if (each?.over !== "artifact") throw new TypeError(`${phase} waits for no list`);
  const producer = entries.get(each.phase)?.decision;
  if (producer?.type === "reuse") {
    const output = producer.candidate.outputs[each.output];
    if (output !== undefined) {
      schedule.expand(
        phase,
        listOf(await scope.files.readJson(`${producer.candidate.directory}/${output.path}`), phase),
      );
      return;
    }
  }
  entries.set(`${phase}[*]`, {
    id: `${phase}[*]`,
    phase,
    key: null,
    instance: undefined,
    facts: undefined,
    decision: { type: "pending", upstream: [each.phase] },
  });
  schedule.leavePending(phase);
}

import { join } from "node:path";
import type { OutputRecord } from "@orchestrate/manifests";
import { METADATA_KIND } from "@orchestrate/sdk";
import type { Graph } from "../core/graph/graph.ts";
import { instanceId } from "../core/graph/instance.ts";
import type { Plan } from "../core/plan/plan.ts";
import type { Drive } from "../run/execute-run.ts";

/** An artifact that a run is told to have made. */
export interface RunResult {
  /** `phase` or `phase[key]`. */
  readonly id: string;
  readonly name: string;
  /** Relative to the run's directory. */
  readonly path: string;
  readonly digest: string;
  readonly size: number;
}

/** Which phases are told of: those that no other selected one depends on. */
export interface ResultScope {
  readonly graph: Graph;
  readonly selected: ReadonlySet<string>;
}

/** The results of a run that was driven. */
export function drivenResults(scope: ResultScope, { committed }: Drive): readonly RunResult[] {
  return collect(
    scope,
    committed.values().map(({ manifest }) => manifest),
  );
}

/** The results that are there already, where everything of a plan is reused. */
export function plannedResults(scope: ResultScope, plan: Plan): readonly RunResult[] {
  return collect(
    scope,
    plan.entries
      .values()
      .flatMap(({ phase, key, decision }) =>
        decision.type === "reuse" ? [{ phase, key, outputs: decision.candidate.outputs }] : [],
      ),
  );
}

interface Committed {
  readonly phase: string;
  readonly key: string | null;
  readonly outputs: Readonly<Record<string, OutputRecord>>;
}

function collect({ graph, selected }: ResultScope, phases: Iterable<Committed>): readonly RunResult[] {
  const isLast = (phase: string) => !graph.phases.get(phase)!.dependents.some((dependent) => selected.has(dependent));
  const found: RunResult[] = [];
  for (const { phase, key, outputs } of phases) {
    if (!isLast(phase)) continue;
    for (const [name, { path, digest, size, kind }] of Object.entries(outputs)) {
      // What a step emitted besides is for a gateway, and no result that anyone asked for.
      if (kind === METADATA_KIND) continue;
      found.push({ id: instanceId(phase, key), name, path: join("phases", phase, key ?? "", path), digest, size });
    }
  }
  return found;
}

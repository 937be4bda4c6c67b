import type { Index, RunRow } from "../../io/index/index-port.ts";
import { type Look, looksOf, packLooks } from "../../io/index/looks.ts";
import type { Source } from "../../run/ports/surroundings.ts";
import type { Workbench } from "../containers/workbench-container.ts";
import { carriedOutputs } from "../is-state-current.ts";
import type { PreparedRun } from "../prepare-run.ts";
import { plannedResults } from "../run-results.ts";
import { type Basis, valuesDigest } from "./basis.ts";

/** A plan of which a complete run holds everything. */
export interface HeldPlan {
  /** See `requestDigest`. */
  readonly request: string;
  readonly prepared: PreparedRun;
  readonly runsDirectory: string;
  readonly holder: RunRow;
}

/**
 * Remembers that a run holds a request, with what that rests on; not where it rests on more than can be told cheaply.
 */
export async function keepHeld(bench: Workbench, held: HeldPlan): Promise<void> {
  const { request, prepared, runsDirectory, holder } = held;
  const { code } = prepared;
  if (code === undefined || !restsOnFilesAlone(prepared)) return;
  const { sources, lookups } = await bench.surroundings.seen();
  const looks = [looksOfSources(sources, bench.index), looksOfPhases(prepared, bench.index)];
  if (!looks.every((some) => some !== undefined)) return;
  const packed = packLooks(runsDirectory, looks.flat());
  if (packed === undefined) return;
  const phases = [...prepared.selected].map((name) => prepared.graph.phases.get(name)!.phase);
  const env = [...new Set(phases.flatMap((phase) => phase.env))];
  const basis: Basis = {
    code,
    env,
    values: valuesDigest(env, (name) => bench.surroundings.variable(name)),
    secrets: [...new Set(phases.flatMap((phase) => phase.secrets))],
    lookups,
    runHash: holder.runHash,
    results: plannedResults(prepared, prepared.plan),
  };
  bench.index.putHeld(request, { run: holder.run, basis: JSON.stringify(basis), looks: packed });
}

/**
 * State of earlier runs, the world outside, followers, and what is to be published or verified are looked at each time.
 */
function restsOnFilesAlone({ graph, selected }: PreparedRun): boolean {
  const { options, followers } = graph.pipeline;
  if (carriedOutputs(graph).length > 0 || options.verify !== "none" || followers.length > 0) return false;
  return [...selected].every((name) => {
    const { phase, step } = graph.phases.get(name)!;
    const { effects, reads, versioned } = step.contract;
    return phase.publish === null && effects === "none" && reads === "none" && !versioned;
  });
}

/** Undefined where one was written so lately that its times can't tell a later change. */
function looksOfSources(sources: readonly Source[], index: Pick<Index, "source">): readonly Look[] | undefined {
  const looks: Look[] = [];
  for (const { path } of sources) {
    const known = index.source(path);
    if (known === undefined) return undefined;
    // Not spread into arguments: a directory may have more files than a call can take.
    for (const look of looksOf(path, known.stats)) looks.push(look);
  }
  return looks;
}

function looksOfPhases({ plan }: PreparedRun, index: Pick<Index, "looks">): readonly Look[] | undefined {
  const looks: Look[] = [];
  for (const { decision } of plan.entries.values()) {
    const found = decision.type === "reuse" ? index.looks(decision.candidate) : undefined;
    if (found === undefined) return undefined;
    for (const look of found) looks.push(look);
  }
  return looks;
}

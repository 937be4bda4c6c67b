import { parseInstanceId } from "../../core/graph/instance.ts";
import type { Change } from "../../core/plan/explain.ts";
import { type ComparedRun, compareRuns, type PhaseComparison } from "../records/compare-runs.ts";

/** How a phase instance came out the second time. */
export interface Verdict {
  readonly id: string;
  readonly verdict: "same" | "different" | "missing";
  /** The outputs that differ. */
  readonly outputs: readonly string[];
  /** In what it was made of something else than the first time, as far as digests tell. */
  readonly causes: readonly Change[];
  /** What may be another than the first time though no digest tells: secrets, and what the step reads outside. */
  readonly untold: readonly Untold[];
}

export type Untold = "secrets" | "outside";

/**
 * Judges what was computed again; what was taken from an earlier run proves nothing. Metrics may be times, and are not
 * judged.
 *
 * @param selected the phases that were to be there again, and what no digest tells of each.
 */
export function judgeReproduction(
  original: ComparedRun,
  again: ComparedRun,
  selected: ReadonlyMap<string, readonly Untold[]>,
): readonly Verdict[] {
  return compareRuns(original, again).phases.flatMap((phase): readonly Verdict[] => {
    const untold = selected.get(parseInstanceId(phase.id).phase);
    if (untold === undefined) return [];
    if (phase.state === "only in a") return [{ id: phase.id, verdict: "missing", outputs: [], causes: [], untold }];
    if (again.phases.get(phase.id)!.reused !== null) return [];
    return [verdictOf(phase, untold)];
  });
}

function verdictOf({ id, state, causes, results }: PhaseComparison, untold: readonly Untold[]): Verdict {
  const outputs = results.flatMap(({ field }) => (field.startsWith(OUTPUTS) ? [field.slice(OUTPUTS.length)] : []));
  return { id, verdict: outputs.length > 0 || state === "only in b" ? "different" : "same", outputs, causes, untold };
}

const OUTPUTS = "outputs.";

import { parseInstanceId } from "../../core/graph/instance.ts";
import type { Change } from "../../core/plan/explain.ts";
import { type ComparedRun, compareRuns, type PhaseComparison } from "../records/compare-runs.ts";

/** How a phase instance came out the second time. */
export interface Verdict {
  readonly id: string;
  readonly verdict: "same" | "different" | "missing";
  /** The outputs that differ. */
  readonly outputs: readonly string[];
  /** In what it was made of something else than the first time; none: its step is not deterministic, where outputs differ. */
  readonly causes: readonly Change[];
}

/**
 * Judges what was computed again; what was taken from an earlier run proves nothing. Metrics may be times, and are not
 * judged.
 *
 * @param selected the phases that were to be there again.
 */
export function judgeReproduction(
  original: ComparedRun,
  again: ComparedRun,
  selected: ReadonlySet<string>,
): readonly Verdict[] {
  const phases = compareRuns(original, again).phases.filter(({ id }) => selected.has(parseInstanceId(id).phase));
  return phases.flatMap((phase): readonly Verdict[] => {
    if (phase.state === "only in a") return [{ id: phase.id, verdict: "missing", outputs: [], causes: [] }];
    if (again.phases.get(phase.id)!.reused !== null) return [];
    return [verdictOf(phase)];
  });
}

function verdictOf({ id, state, causes, results }: PhaseComparison): Verdict {
  const outputs = results.flatMap(({ field }) => (field.startsWith(OUTPUTS) ? [field.slice(OUTPUTS.length)] : []));
  return { id, verdict: outputs.length > 0 || state === "only in b" ? "different" : "same", outputs, causes };
}

const OUTPUTS = "outputs.";

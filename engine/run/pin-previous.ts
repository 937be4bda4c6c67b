import type { Graph } from "../core/graph/graph.ts";
import type { Candidate } from "../core/plan/candidate.ts";
import type { Pinned } from "../core/plan/instance-facts.ts";

/** Finds the newest committed instance of a phase of this pipeline and state, in any run. */
export type FindPrevious = (phase: string) => Candidate | undefined | Promise<Candidate | undefined>;

/** Pins every `previous` input of the selected phases to what is newest now; null where there is nothing yet. */
export async function pinPrevious(
  graph: Graph,
  selected: ReadonlySet<string>,
  find: FindPrevious,
): Promise<ReadonlyMap<string, Pinned>> {
  const pinned = new Map<string, Pinned>();
  for (const name of selected) {
    for (const wiring of Object.values(graph.phases.get(name)!.phase.inputs)) {
      if (wiring.from !== "previous") continue;
      const reference = `${wiring.phase}.${wiring.output}`;
      if (!pinned.has(reference)) pinned.set(reference, pin(await find(wiring.phase), wiring.output));
    }
  }
  return pinned;
}

function pin(candidate: Candidate | undefined, output: string): Pinned {
  const record = candidate?.outputs[output];
  if (candidate === undefined || record === undefined) return null;
  return {
    run: candidate.run,
    path: `${candidate.directory}/${record.path}`,
    digest: record.digest,
    manifest: candidate.manifest,
    committed: candidate.committed,
  };
}

import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import {
  ManifestError,
  phaseDirectory,
  type RunDocument,
  readPhaseManifest,
  readRunDocument,
} from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import { resolvePipeline } from "../../core/pipeline/resolve-pipeline.ts";
import { committedAfter, type Pins, pinsOf } from "../../core/plan/committed-after.ts";
import type { RunFacts } from "../../core/retention/run-facts.ts";
import { begunEffects } from "../records/begun-effects.ts";
import { type RunOutcome, runOutcome } from "../records/run-outcome.ts";

/**
 * Reads what bears on whether each run may be deleted, from the runs themselves: the index may know less of them. A run
 * that can't be read is told as `unreadable`.
 *
 * @param directories of runs, the newest first; so are the facts.
 */
export function readRunFacts(directories: readonly string[]): readonly RunFacts[] {
  const read = directories.map(readOne);
  const carried = Map.groupBy(read, groupOf);
  return read.map(({ directory, pins, ...facts }) => {
    const phases = new Set(carried.get(groupOf(facts))!.flatMap((other) => other.carried));
    return { ...facts, results: resultsOf(directory, phases, pins) };
  });
}

type Read = Omit<RunFacts, "results"> & { readonly directory: string; readonly pins: Pins };

function readOne(directory: string): Read {
  try {
    const { document } = readRunDocument(join(directory, "run.json"));
    const standing = standingOf(runOutcome(directory));
    const { run, pipeline, state } = document;
    return {
      run,
      directory,
      pipeline,
      state,
      standing,
      begunEffects: standing === "unfinished" ? begunEffects(directory, document) : [],
      pinned: Object.values(document.previous).flatMap((pinned) => pinned?.run ?? []),
      pins: pinsOf(document.previous),
      carried: carriedPhases(document),
    };
  } catch (error) {
    if (!(error instanceof ManifestError || error instanceof OrchestrateError)) throw error;
    return unreadable(directory);
  }
}

/** Nobody can say what depends on it. */
function unreadable(directory: string): Read {
  const nothing = { begunEffects: [], pinned: [], pins: {}, carried: [] };
  return { run: basename(directory), directory, pipeline: "", state: null, standing: "unreadable", ...nothing };
}

function standingOf(outcome: RunOutcome): RunFacts["standing"] {
  return outcome === "failed" ? "unfinished" : outcome;
}

function carriedPhases({ resolved }: RunDocument): readonly string[] {
  const { pipeline } = resolvePipeline(resolved);
  return [...pipeline.phases.values()].flatMap((phase) => [
    ...(phase.publish === null ? [] : [phase.name]),
    ...Object.values(phase.inputs).flatMap((wiring) => (wiring.from === "previous" ? [wiring.phase] : [])),
  ]);
}

function groupOf({ pipeline, state }: Pick<RunFacts, "pipeline" | "state">): string {
  return JSON.stringify([pipeline, state]);
}

/** Phases that are fanned out are neither published nor read by `previous`. */
function resultsOf(directory: string, phases: ReadonlySet<string>, pins: Pins): ReadonlyMap<string, string> {
  const results = new Map<string, string>();
  for (const phase of phases) {
    const path = join(phaseDirectory(directory, phase, null), "manifest.json");
    if (!existsSync(path)) continue;
    try {
      const { finished } = readPhaseManifest(path).manifest;
      results.set(phase, new Date(committedAfter(phase, finished, pins)).toISOString());
    } catch (error) {
      // A damaged one is taken by nobody.
      if (!(error instanceof ManifestError)) throw error;
    }
  }
  return results;
}

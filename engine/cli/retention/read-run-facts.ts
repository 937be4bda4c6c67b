import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import {
  ManifestError,
  type PhaseManifest,
  phaseDirectory,
  readPhaseManifest,
  readRunDocument,
} from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import type { Phase } from "../../core/pipeline/pipeline.ts";
import { resolvePipeline } from "../../core/pipeline/resolve-pipeline.ts";
import { committedAfter, type Pins, pinsOf } from "../../core/plan/committed-after.ts";
import type { RunFacts } from "../../core/retention/run-facts.ts";
import { publishedVersion, shortVersion } from "../../io/run-directory/published-version.ts";
import { begunEffects } from "../records/begun-effects.ts";
import { type RunOutcome, runOutcome } from "../records/run-outcome.ts";

/**
 * Reads what bears on whether each run may be deleted, from the runs themselves: the index may know less of them. A run
 * that can't be read is told as `unreadable`.
 *
 * @param directories of runs, the newest first; so are the facts.
 */
export async function readRunFacts(directories: readonly string[]): Promise<readonly RunFacts[]> {
  const read = directories.map(readOne);
  const groups = Map.groupBy(read, groupOf);
  const standing = await versionsAt(new Set(read.flatMap(({ places }) => places)));
  return read.map(({ directory, pins, places, publishing, ...facts }) => {
    const siblings = groups.get(groupOf(facts))!;
    const carried = new Set(siblings.flatMap((other) => other.carried));
    // What a run holds may have been published later on, when the pipeline had come to say so.
    const published = new Set(siblings.flatMap((other) => other.publishing));
    return {
      ...facts,
      results: resultsOf(directory, carried, pins),
      published: [...published].filter((phase) => holdsOneOf(standing, directory, phase)),
    };
  });
}

type Read = Omit<RunFacts, "results" | "published"> & {
  readonly directory: string;
  readonly pins: Pins;
  /** The phases that publish, and where, absolute. */
  readonly publishing: readonly string[];
  readonly places: readonly string[];
};

async function versionsAt(places: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const versions = new Set<string>();
  for (const to of places) {
    const version = await publishedVersion(to);
    if (version !== undefined) versions.add(version);
  }
  return versions;
}

function readOne(directory: string): Read {
  try {
    const { document } = readRunDocument(join(directory, "run.json"));
    const standing = standingOf(runOutcome(directory));
    const { run, pipeline, state } = document;
    const phases = [...resolvePipeline(document.resolved).pipeline.phases.values()];
    return {
      run,
      directory,
      pipeline,
      state,
      standing,
      begunEffects: standing === "unfinished" ? begunEffects(directory, document) : [],
      pinned: Object.values(document.previous).flatMap((pinned) => pinned?.run ?? []),
      pins: pinsOf(document.previous),
      carried: phases.flatMap(previousOf),
      publishing: phases.flatMap(({ name, publish }) => (publish === null ? [] : [name])),
      places: phases.flatMap(({ publish }) =>
        publish === null ? [] : [resolve(directory, document.root, publish.to)],
      ),
    };
  } catch (error) {
    if (!(error instanceof ManifestError || error instanceof OrchestrateError)) throw error;
    return unreadable(directory);
  }
}

/** Nobody can say what depends on it. */
function unreadable(directory: string): Read {
  const nothing = { begunEffects: [], pinned: [], pins: {}, carried: [], publishing: [], places: [] };
  return { run: basename(directory), directory, pipeline: "", state: null, standing: "unreadable", ...nothing };
}

function standingOf(outcome: RunOutcome): RunFacts["standing"] {
  return outcome === "failed" ? "unfinished" : outcome;
}

function previousOf({ inputs }: Phase): readonly string[] {
  return Object.values(inputs).flatMap((wiring) => (wiring.from === "previous" ? [wiring.phase] : []));
}

function groupOf({ pipeline, state }: Pick<RunFacts, "pipeline" | "state">): string {
  return JSON.stringify([pipeline, state]);
}

function resultsOf(directory: string, phases: ReadonlySet<string>, pins: Pins): ReadonlyMap<string, string> {
  const results = new Map<string, string>();
  for (const phase of phases) {
    const manifest = manifestOf(directory, phase);
    if (manifest === undefined) continue;
    results.set(phase, new Date(committedAfter(phase, manifest.finished, pins)).toISOString());
  }
  return results;
}

function holdsOneOf(versions: ReadonlySet<string>, directory: string, phase: string): boolean {
  const outputs = versions.size === 0 ? {} : (manifestOf(directory, phase)?.outputs ?? {});
  return Object.values(outputs).some(({ digest }) => versions.has(shortVersion(digest)));
}

/** Of a phase that is not fanned out: those that are, are neither published nor read by `previous`. */
function manifestOf(directory: string, phase: string): PhaseManifest | undefined {
  const path = join(phaseDirectory(directory, phase, null), "manifest.json");
  if (!existsSync(path)) return undefined;
  try {
    return readPhaseManifest(path).manifest;
  } catch (error) {
    // A damaged one is taken by nobody.
    if (error instanceof ManifestError) return undefined;
    throw error;
  }
}

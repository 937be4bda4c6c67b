import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { ManifestError, type PhaseManifest, phaseDirectory, readRunDocument } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import type { Phase } from "../../core/pipeline/pipeline.ts";
import { resolvePipeline } from "../../core/pipeline/resolve-pipeline.ts";
import { committedAfter, type Pins, pinsOf } from "../../core/plan/committed-after.ts";
import type { RunFacts } from "../../core/retention/run-facts.ts";
import { publishedVersion, shortVersion } from "../../io/run-directory/published-version.ts";
import { begunEffects } from "../records/begun-effects.ts";
import { manifestIn } from "../records/manifest-in.ts";
import { type RunOutcome, runOutcome } from "../records/run-outcome.ts";

/**
 * Reads what bears on whether each run may be deleted, from the runs themselves: the index may know less of them. A run
 * that can't be read is told as `unreadable`.
 *
 * @param directories of runs, the newest first; so are the facts.
 */
export async function readRunFacts(directories: readonly string[]): Promise<readonly RunFacts[]> {
  const read = directories.flatMap((directory) => readOne(directory) ?? []);
  const groups = Map.groupBy(read, groupOf);
  const versions = await versionsAt(new Set(read.flatMap(({ publications }) => publications.map(({ to }) => to))));
  return read.map(({ directory, pins, publications, ...facts }) => {
    const carried = new Set(groups.get(groupOf(facts))!.flatMap((other) => other.carried));
    const standing = publications.filter(({ phase, output, to }) => {
      const digest = manifestOf(directory, phase)?.outputs[output]?.digest;
      return digest !== undefined && versions.get(to) === shortVersion(digest);
    });
    return {
      ...facts,
      results: resultsOf(directory, carried, pins),
      published: standing.map(({ phase }) => phase),
    };
  });
}

type Read = Omit<RunFacts, "results" | "published"> & {
  readonly directory: string;
  readonly pins: Pins;
  readonly publications: readonly Publication[];
};

/** What a run publishes, and where, absolute. */
interface Publication {
  readonly phase: string;
  readonly output: string;
  readonly to: string;
}

async function versionsAt(places: ReadonlySet<string>): Promise<ReadonlyMap<string, string | undefined>> {
  const versions = new Map<string, string | undefined>();
  for (const to of places) versions.set(to, await publishedVersion(to));
  return versions;
}

/** Undefined where another process has deleted it meanwhile. */
function readOne(directory: string): Read | undefined {
  try {
    const { document } = readRunDocument(join(directory, "run.json"));
    const standing = standingOf(runOutcome(directory));
    const { pipeline, state } = document;
    const phases = [...resolvePipeline(document.resolved).pipeline.phases.values()];
    return {
      run: basename(directory),
      directory,
      pipeline,
      state,
      standing,
      begunEffects: standing === "unfinished" ? begunEffects(directory, document) : [],
      pinned: Object.values(document.previous).flatMap((pinned) => pinned?.run ?? []),
      pins: pinsOf(document.previous),
      carried: phases.flatMap(previousOf),
      publications: phases.flatMap(({ name, publish }) =>
        publish === null
          ? []
          : [{ phase: name, output: publish.output, to: resolve(directory, document.root, publish.to) }],
      ),
    };
  } catch (error) {
    if (!existsSync(join(directory, "run.json"))) return undefined;
    if (!(error instanceof ManifestError || error instanceof OrchestrateError)) throw error;
    return unreadable(directory);
  }
}

/** Nobody can say what depends on it. */
function unreadable(directory: string): Read {
  const nothing = { begunEffects: [], pinned: [], pins: {}, carried: [], publications: [] };
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
    results.set(phase, committedAfter(phase, manifest.finished, pins));
  }
  return results;
}

/** Of a phase that is not fanned out: those that are, are neither published nor read by `previous`. */
function manifestOf(directory: string, phase: string): PhaseManifest | undefined {
  try {
    return manifestIn(phaseDirectory(directory, phase, null));
  } catch (error) {
    // A damaged one is taken by nobody.
    if (error instanceof ManifestError) return undefined;
    throw error;
  }
}

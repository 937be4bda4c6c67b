import type { PhaseManifest, RunDocument } from "@orchestrate/manifests";
import type { Json } from "../../core/pipeline/pipeline.ts";
import { type Change, diffJson, explain, type GatheredDigests, gatheredBy } from "../../core/plan/explain.ts";

/** A run as it is compared: its document, and what is committed of it, by instance. */
export interface ComparedRun {
  readonly document: RunDocument;
  readonly phases: ReadonlyMap<string, PhaseManifest>;
}

/** How a phase instance differs between two runs. */
export interface PhaseComparison {
  readonly id: string;
  readonly state: "equal" | "changed" | "only in a" | "only in b";
  /** What it was made of. */
  readonly causes: readonly Change[];
  /** What came out: outputs by digest, and metrics. */
  readonly results: readonly Difference[];
}

export interface Difference {
  readonly field: string;
  readonly before: Json;
  readonly after: Json;
}

export interface Comparison {
  readonly equal: boolean;
  /** Of the runs as a whole: pipeline, profile, seed, git, environment. */
  readonly run: readonly Difference[];
  readonly phases: readonly PhaseComparison[];
}

/** Compares two runs by their records alone. Times, hosts and attempts are no difference. */
export function compareRuns(a: ComparedRun, b: ComparedRun): Comparison {
  const run = diffJson(partsOf(a.document), partsOf(b.document), "");
  const phases = [...new Set([...a.phases.keys(), ...b.phases.keys()])].map((id) => comparePhase(id, a, b));
  return { equal: run.length === 0 && phases.every(({ state }) => state === "equal"), run, phases };
}

function partsOf(document: RunDocument): Json {
  const { pipeline, state, profile, overrides, seed, durability, selected, git, environment, resolved } = document;
  const { engine, node, platform, arch } = environment;
  return {
    pipeline,
    state,
    profile,
    overrides,
    seed,
    durability,
    selected,
    git,
    environment: { engine, node, platform, arch },
    resolved: resolved as Json,
  };
}

function comparePhase(id: string, a: ComparedRun, b: ComparedRun): PhaseComparison {
  const before = a.phases.get(id);
  const after = b.phases.get(id);
  if (before === undefined || after === undefined)
    return { id, state: before === undefined ? "only in b" : "only in a", causes: [], results: [] };
  const files = (run: ComparedRun, { step }: PhaseManifest) => run.document.steps[step.name]?.files;
  const causes = explain(
    {
      fingerprint: after.fingerprint,
      config: after.config as Json,
      item: after.item as Json | undefined,
      seeds: after.seeds,
      files: files(b, after) ?? {},
      gathered: gatheredInputs(after),
    },
    before,
    files(a, before),
  );
  const results = diffJson(resultsOf(before), resultsOf(after), "");
  return { id, state: causes.length === 0 && results.length === 0 ? "equal" : "changed", causes, results };
}

function gatheredInputs(manifest: PhaseManifest): Readonly<Record<string, GatheredDigests>> {
  return Object.fromEntries(
    Object.keys(manifest.inputs).flatMap((name) => {
      const gathered = gatheredBy(manifest, name);
      return gathered === undefined ? [] : [[name, gathered]];
    }),
  );
}

function resultsOf({ outputs, metrics }: PhaseManifest): Json {
  const digests = Object.entries(outputs).map(([name, { digest }]) => [name, digest] as const);
  return { outputs: Object.fromEntries(digests), metrics };
}

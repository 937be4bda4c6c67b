import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { listPhases, ManifestError, type RunDocument, readRunDocument } from "@orchestrate/manifests";
import { instanceId } from "../core/graph/instance.ts";
import type { Pipeline } from "../core/pipeline/pipeline.ts";
import { resolvePipeline } from "../core/pipeline/resolve-pipeline.ts";
import type { Index } from "../io/index/index-port.ts";
import { refuseUncommittedEffect } from "./prepare-run.ts";

/**
 * Looks through the unfinished runs of a pipeline and state for phases that began to change something outside and did
 * not commit it. A run whose run.json is gone or damaged is passed over: no command can resume it, and it would stand in
 * the way of every new run for good. `runs` lists it as unreadable.
 *
 * @throws OrchestrateError `effect-uncommitted` (policy)
 */
export function refuseUncommittedEffects(index: Index, runsDirectory: string, { name, state }: Pipeline): void {
  for (const { run, pipeline, state: ofRun, complete } of index.runs()) {
    if (complete || pipeline !== name || ofRun !== state) continue;
    const directory = join(runsDirectory, run);
    const begun = begunEffects(directory);
    if (begun.length > 0) refuseUncommittedEffect(run, begun);
  }
}

function begunEffects(directory: string): readonly string[] {
  const document = readUndamaged(join(directory, "run.json"));
  if (document === undefined) return [];
  const steps = new Set(
    Object.entries(document.steps).flatMap(([name, { effects }]) => (effects === "external" ? [name] : [])),
  );
  if (steps.size === 0) return [];
  const { pipeline } = resolvePipeline(document.resolved, { profile: undefined, overrides: [], seed: undefined });
  return listPhases(directory)
    .filter(({ phase }) => steps.has(pipeline.phases.get(phase)?.step ?? ""))
    .filter(
      (phase) =>
        !existsSync(join(phase.directory, "manifest.json")) &&
        readdirSync(phase.directory).some((name) => name.endsWith(".fence.json")),
    )
    .map(({ phase, key }) => instanceId(phase, key));
}

function readUndamaged(path: string): RunDocument | undefined {
  try {
    return readRunDocument(path).document;
  } catch (error) {
    if (error instanceof ManifestError && (error.code === "manifest-unreadable" || error.code === "not-found")) return;
    throw error;
  }
}

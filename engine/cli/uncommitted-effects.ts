import { join } from "node:path";
import { ManifestError, type RunDocument, readRunDocument } from "@orchestrate/manifests";
import type { Pipeline } from "../core/pipeline/pipeline.ts";
import type { Index } from "../io/index/index-port.ts";
import { refuseUncommittedEffect } from "./prepare-run.ts";
import { begunEffects } from "./records/begun-effects.ts";

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
    const document = readUndamaged(join(directory, "run.json"));
    const begun = document === undefined ? [] : begunEffects(directory, document);
    if (begun.length > 0) refuseUncommittedEffect(run, begun);
  }
}

function readUndamaged(path: string): RunDocument | undefined {
  try {
    return readRunDocument(path).document;
  } catch (error) {
    if (error instanceof ManifestError && (error.code === "manifest-unreadable" || error.code === "not-found")) return;
    throw error;
  }
}

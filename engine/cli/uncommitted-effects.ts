import { join, relative } from "node:path";
import { ManifestError, type RunDocument, readRunDocument } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import type { Pipeline } from "../core/pipeline/pipeline.ts";
import type { Index } from "../io/index/index-port.ts";
import type { Invocation } from "./invocation.ts";
import { begunEffects } from "./records/begun-effects.ts";
import { runWord } from "./run-word.ts";

/**
 * Looks through the unfinished runs of a pipeline and state for phases that began to change something outside and did
 * not commit it. A run whose run.json is gone or damaged is passed over: no command can resume it, and it would stand
 * in the way of every new run for good. `runs` lists it as unreadable.
 *
 * @throws OrchestrateError `effect-uncommitted` (policy)
 */
export function refuseUncommittedEffects(
  invocation: Pick<Invocation, "cwd">,
  index: Index,
  runsDirectory: string,
  { name, state }: Pipeline,
): void {
  for (const { run, pipeline, state: ofRun, complete } of index.runs()) {
    if (complete || pipeline !== name || ofRun !== state) continue;
    const directory = join(runsDirectory, run);
    const document = readUndamaged(join(directory, "run.json"));
    const begun = document === undefined ? [] : begunEffects(directory, document);
    if (begun.length > 0) {
      throw uncommitted(run, begun, {
        word: runWord(invocation, directory),
        path: relative(invocation.cwd, directory),
      });
    }
  }
}

function uncommitted(
  run: string,
  phases: readonly string[],
  { word, path }: { readonly word: string; readonly path: string },
): OrchestrateError {
  return new OrchestrateError({
    error: "effect-uncommitted",
    category: "policy",
    detail: `The run ${run} has begun an effect outside that it did not commit: ${phases.join(", ")}.`,
    hint: `Finish it with orchestrate resume ${word}, which keeps to the config that it began with. If that can't be done, see to what it has changed outside, and delete the directory ${path}.`,
  });
}

function readUndamaged(path: string): RunDocument | undefined {
  try {
    return readRunDocument(path).document;
  } catch (error) {
    if (error instanceof ManifestError && (error.code === "manifest-unreadable" || error.code === "not-found")) return;
    throw error;
  }
}

import { dirname } from "node:path";
import type { FoundDocument } from "../io/config/find-document.ts";
import type { Invocation } from "./invocation.ts";
import { findPipeline, type RunsOptions } from "./locate-runs.ts";
import { runsBeside } from "./runs-beside.ts";

/** Where a pipeline stands, and its runs. */
export interface PipelinePlace {
  readonly found: FoundDocument;
  /** Absolute. */
  readonly runsDirectory: string;
  /** The pipeline's directory. */
  readonly root: string;
}

/** Finds the pipeline file and the directory of its runs. @throws OrchestrateError as `findDocument` says. */
export async function locatePipeline(invocation: Invocation, options: RunsOptions): Promise<PipelinePlace> {
  const found = await findPipeline(invocation, options);
  return { found, runsDirectory: runsBeside(invocation, options, found.file), root: dirname(found.file) };
}

import { existsSync } from "node:fs";
import { join } from "node:path";
import { INDEX_FILE } from "../../io/index/index-file.ts";
import type { Invocation } from "../invocation.ts";
import type { PipelinePlace } from "../locate-pipeline.ts";
import type { RunOptions } from "../run-pipeline.ts";
import { summarizeRun } from "../summarize-run.ts";
import { findHeld } from "./find-held.ts";
import { requestDigest } from "./request-digest.ts";

/**
 * What came of asking: the exit status where a run holds all that is asked for, and the request to remember otherwise.
 */
export interface Asked {
  readonly request: string | undefined;
  readonly status: number | undefined;
}

/** Answers a request from what is remembered of the same one, without parsing the pipeline; see `findHeld`. */
export async function askHolder(
  invocation: Invocation,
  { found, runsDirectory, root }: PipelinePlace,
  options: RunOptions,
): Promise<Asked> {
  // Nothing is made for a pipeline that may turn out to be wrong.
  if (!existsSync(join(runsDirectory, INDEX_FILE))) return { request: undefined, status: undefined };
  const request = await requestDigest({ found, root, options });
  if (request === undefined) return { request, status: undefined };
  const held = findHeld({ request, runsDirectory, root, environment: invocation.environment });
  if (held === undefined) return { request, status: undefined };
  const { run, runHash, results } = held;
  const directory = join(runsDirectory, run);
  return {
    request,
    status: summarizeRun(invocation, { directory, results, runHash, drive: undefined, warnings: [] }),
  };
}

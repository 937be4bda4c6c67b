import { existsSync } from "node:fs";
import { join } from "node:path";
import type { FoundDocument } from "../../io/config/find-document.ts";
import { INDEX_FILE } from "../../io/index/index-file.ts";
import type { Invocation } from "../invocation.ts";
import type { RunOptions } from "../run-pipeline.ts";
import { summarizeRun } from "../summarize-run.ts";
import { findHeld, type HeldScope } from "./find-held.ts";
import { requestDigest } from "./request-digest.ts";

/** What came of asking: the exit status where a run holds all that is asked for, and the request to remember otherwise. */
export interface Asked {
  readonly request: string | undefined;
  readonly status: number | undefined;
}

/** Answers a request from what is remembered of the same one, without parsing the pipeline; see `findHeld`. */
export async function askHolder(
  invocation: Invocation,
  found: FoundDocument,
  options: RunOptions,
  { bench, runsDirectory, root }: Omit<HeldScope, "request" | "path">,
): Promise<Asked> {
  // Nothing is made for a pipeline that may turn out to be wrong.
  if (!existsSync(join(runsDirectory, INDEX_FILE))) return { request: undefined, status: undefined };
  const { platform } = bench.surroundings;
  const request = await requestDigest({ found, root, options, platform });
  if (request === undefined) return { request, status: undefined };
  const held = await findHeld({ request, bench, runsDirectory, root, path: invocation.environment.PATH ?? "" });
  if (held === undefined) return { request, status: undefined };
  const { run, runHash, results } = held;
  const directory = join(runsDirectory, run);
  return { request, status: summarizeRun(invocation, { directory, results, runHash, ending: { made: "nothing" } }) };
}

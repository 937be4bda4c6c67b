import { basename } from "node:path";
import { EXIT_STATUS } from "../exit-status.ts";
import type { CommandModule } from "../invocation.ts";
import { locateRun, locateRuns, type RunsOptions } from "../locate-runs.ts";
import { compareRuns } from "../records/compare-runs.ts";
import { describeComparison } from "../records/describe-comparison.ts";
import { readComparedRun } from "../records/read-compared-run.ts";

/** `orchestrate diff A B`: what differs between two runs, in what they were made of and in what came out. */
export const run: CommandModule["run"] = async (invocation, [a, b], options) => {
  const runsDirectory = await locateRuns(invocation, options as RunsOptions);
  const first = locateRun(invocation, runsDirectory, a);
  const second = locateRun(invocation, runsDirectory, b);
  const comparison = compareRuns(readComparedRun(first), readComparedRun(second));
  if (invocation.format === "json")
    invocation.print(JSON.stringify({ a: basename(first), b: basename(second), ...comparison }));
  else invocation.print(describeComparison(comparison));
  return EXIT_STATUS.ok;
};

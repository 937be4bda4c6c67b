import { dirname, join, resolve } from "node:path";
import type { Invocation } from "./invocation.ts";
import type { RunsOptions } from "./locate-runs.ts";

/** The runs directory of a pipeline file: as given, else `runs` beside it. */
export function runsBeside({ cwd }: Invocation, { runsDir }: RunsOptions, file: string): string {
  return runsDir === undefined ? join(dirname(file), "runs") : resolve(cwd, runsDir);
}

import { join, relative } from "node:path";
import { formatAge } from "../../io/terminal/format-age.ts";
import { formatTable } from "../../io/terminal/format-table.ts";
import { EXIT_STATUS } from "../exit-status.ts";
import type { CommandModule, Invocation } from "../invocation.ts";
import { locateRuns, type RunsOptions, runNames } from "../locate-runs.ts";
import { type RunOverview, readOverview } from "../records/read-overview.ts";

/** `orchestrate runs`: every run, the newest first. */
export const run: CommandModule["run"] = async (invocation, _args, options) => {
  const runsDirectory = await locateRuns(invocation, options as RunsOptions);
  const runs: RunOverview[] = [];
  for (const name of runNames(runsDirectory)) runs.push(readOverview(join(runsDirectory, name)));
  if (invocation.format === "json") invocation.print(JSON.stringify({ directory: runsDirectory, runs }));
  else invocation.print(describe(invocation, runsDirectory, runs));
  return EXIT_STATUS.ok;
};

function describe({ cwd }: Invocation, runsDirectory: string, runs: readonly RunOverview[]): string {
  if (runs.length === 0) return `There are no runs in ${relative(cwd, runsDirectory) || "."}.`;
  const now = Date.now();
  const rows = runs.map(({ run, pipeline, outcome, phases, created, run_hash, problem }) => [
    run,
    pipeline ?? "",
    outcome,
    `${phases.done}/${phases.expected ?? "?"}`,
    created === null ? "" : formatAge(now - Date.parse(created)),
    problem ?? shortHash(run_hash),
  ]);
  return formatTable([["run", "pipeline", "outcome", "phases", "begun", "run_hash"], ...rows], { right: [3] });
}

/** Enough of a digest to tell runs apart by eye. */
function shortHash(digest: string | null): string {
  return digest === null ? "" : digest.slice("sha256:".length, "sha256:".length + 12);
}

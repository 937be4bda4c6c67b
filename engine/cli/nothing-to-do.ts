import { basename } from "node:path";
import { publishArtifacts } from "../run/publish-artifacts.ts";
import type { PreparedRun } from "./prepare-run.ts";
import type { RunCall } from "./run-pipeline.ts";
import { plannedResults } from "./run-results.ts";
import { summarizeRun } from "./summarize-run.ts";
import type { RunToTell } from "./tell-end.ts";
import { verifyIfAsked } from "./verify-if-asked.ts";

/**
 * Ends a command for which a complete run holds every result. What is to be published is, where it is not in place: the
 * run may have been killed before it came to that, or the pipeline says another place now.
 *
 * @param tell what tells the run's end where that was not done; see tell-end.ts.
 */
export async function nothingToDo(
  { invocation, project, bench }: Pick<RunCall, "invocation" | "project" | "bench">,
  prepared: PreparedRun,
  directory: string,
  tell: (run: RunToTell) => Promise<readonly string[]>,
): Promise<number> {
  const { graph, selected, plan, followers } = prepared;
  await publishArtifacts({
    graph,
    selected,
    files: bench.files,
    records: bench.index,
    root: project.root,
    artifactsOf: (phase) => {
      const decision = plan.entries.get(phase)?.decision;
      return decision?.type === "reuse" ? decision.candidate : undefined;
    },
  });
  const run = basename(directory);
  const warnings = await tell({ run, directory, followers, environment: invocation.environment });
  if (invocation.format === "text") for (const words of warnings) invocation.complain(words);
  const verified = await verifyIfAsked(project, directory);
  const { runHash = null } = bench.index.runs().find((row) => row.run === run) ?? {};
  const results = plannedResults(prepared, plan);
  return summarizeRun(invocation, { directory, results, runHash, drive: undefined, warnings, ...verified });
}

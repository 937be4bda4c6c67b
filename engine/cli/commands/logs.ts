import { readRunDocument } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import { instanceId } from "../../core/graph/instance.ts";
import { AppendedLines } from "../../io/run-directory/appended-lines.ts";
import { watchDirectories } from "../../io/run-directory/watch-directories.ts";
import { painter } from "../../io/terminal/paint.ts";
import { EXIT_STATUS } from "../exit-status.ts";
import type { CommandModule } from "../invocation.ts";
import { locateRun, locateRuns, type RunsOptions } from "../locate-runs.ts";
import { followLog } from "../records/follow-log.ts";
import { type LocatedPhase, locatePhase } from "../records/locate-phase.ts";
import { formatLogLine } from "../records/log-line.ts";
import { manifestIn } from "../records/manifest-in.ts";

interface LogsOptions extends RunsOptions {
  readonly follow?: true;
}

/** `orchestrate logs`: a phase's log; with `--json` its lines as they are. */
export const run: CommandModule["run"] = async (invocation, [wanted = "", runName], given) => {
  const options = given as LogsOptions;
  const runDirectory = locateRun(invocation, await locateRuns(invocation, options), runName);
  const { document } = readRunDocument(`${runDirectory}/run.json`);
  const place = locatePhase(runDirectory, document, wanted);
  const paint = painter(invocation.colour);
  let lines = 0;
  const line = (text: string) => {
    lines += 1;
    invocation.print(invocation.format === "json" ? text : formatLogLine(text, paint));
  };
  if (options.follow === true) {
    await followLog({ runDirectory, phaseDirectory: place.directory, id: place.id, watch: watchDirectories, line });
  } else {
    if (place.state === "not begun") throw notBegun(place, document.run);
    for (const text of new AppendedLines(`${place.directory}/log.ndjson`).next()) line(text);
  }
  if (lines === 0 && invocation.format === "text") invocation.complain(whyEmpty(place));
  return EXIT_STATUS.ok;
};

function whyEmpty({ id, directory }: LocatedPhase): string {
  const reused = manifestIn(directory)?.reused ?? null;
  if (reused === null) return `${id} wrote no log.`;
  const origin = instanceId(reused.phase, reused.key);
  return `${id} was reused; its log is in the run that computed it: orchestrate logs ${origin} ${reused.run}`;
}

function notBegun({ id }: LocatedPhase, run: string): OrchestrateError {
  return new OrchestrateError({
    error: "phase-not-begun",
    category: "input",
    detail: `${id} has not begun in the run ${run}.`,
    hint: "Wait for it with --follow, or go on with the run: orchestrate resume.",
  });
}

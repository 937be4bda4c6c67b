import { readRunDocument, readRunManifest } from "@orchestrate/manifests";
import { EXIT_STATUS } from "../exit-status.ts";
import type { CommandModule } from "../invocation.ts";
import { locateRun, locateRuns, type RunsOptions } from "../locate-runs.ts";
import { describeRun } from "../records/describe-run.ts";
import { expectedCount } from "../records/expected-count.ts";
import { toPhaseView } from "../records/phase-view.ts";
import { readPhases } from "../records/read-phases.ts";
import { runOutcome } from "../records/run-outcome.ts";

/** `orchestrate show`: the phases of a run, their artifacts and metrics, and what is missing. */
export const run: CommandModule["run"] = async (invocation, [wanted], options) => {
  const directory = locateRun(invocation, await locateRuns(invocation, options as RunsOptions), wanted);
  const { document } = readRunDocument(`${directory}/run.json`);
  const outcome = runOutcome(directory);
  const view = {
    run: document.run,
    pipeline: document.pipeline,
    directory,
    outcome,
    created: document.created,
    profile: document.profile,
    seed: document.seed,
    durability: document.durability,
    run_hash: outcome === "succeeded" ? readRunManifest(`${directory}/manifest.json`).manifest.run_hash : null,
    expected: expectedCount(directory, document),
    phases: readPhases(directory, document, outcome).map((record) => toPhaseView(record, directory)),
  };
  if (invocation.format === "json") invocation.print(JSON.stringify(view));
  else invocation.print(describeRun(invocation, view));
  return EXIT_STATUS.ok;
};

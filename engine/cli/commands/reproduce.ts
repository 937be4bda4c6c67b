import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type RunDocument, readRunDocument } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import { gitState } from "../../io/outside/git-state.ts";
import { findPluginsFile } from "../../io/plugins/find-plugins-file.ts";
import { EXIT_STATUS } from "../exit-status.ts";
import type { CommandModule, Invocation } from "../invocation.ts";
import { locateRun, locateRuns, type RunsOptions } from "../locate-runs.ts";
import { type PreparedRun, prepareRun } from "../prepare-run.ts";
import { pinnedOf, projectOf } from "../project-of-run.ts";
import { readComparedRun } from "../records/read-compared-run.ts";
import { type NetworkOptions, refuseNetwork } from "../refuse-network.ts";
import { reportError } from "../report-error.ts";
import { asReproduction } from "../reproduction/as-reproduction.ts";
import { describeReproduction } from "../reproduction/describe-reproduction.ts";
import { judgeReproduction, type Untold, type Verdict } from "../reproduction/judge-reproduction.ts";
import { newestOriginal } from "../reproduction/newest-original.ts";
import { selectionOf } from "../run-pipeline.ts";
import { runWord } from "../run-word.ts";
import { startRun } from "../start-run.ts";
import { withWorkbench } from "../with-workbench.ts";

interface ReproduceOptions extends RunsOptions, NetworkOptions {
  readonly phases?: readonly string[];
  readonly concurrency?: string;
  readonly keepGoing?: true;
}

/**
 * `orchestrate reproduce`: computes a run's phases again, in a run of their own, and tells which results are the same.
 */
export const run: CommandModule["run"] = async (invocation, [wanted], given) => {
  const options = given as ReproduceOptions;
  const runs = await locateRuns(invocation, options);
  const directory = locateRun(invocation, runs, wanted ?? newestOriginal(runs));
  refuseNetwork(directory, options);
  if (!existsSync(join(directory, "manifest.json"))) throw unfinished(invocation, directory);
  const { document } = readRunDocument(join(directory, "run.json"));
  // Read before all that takes long: `gc` may delete it meanwhile.
  const original = readComparedRun(directory);
  const project = asReproduction(projectOf(directory, document));
  if (findPluginsFile(project.root) === undefined) throw projectMissing(directory, project.root, document);
  const runsDirectory = dirname(directory);
  const { phases = [] } = options;
  const selection = {
    ...selectionOf({ ...options, phases: phases.length > 0 ? phases : document.selected, force: phases }),
    reuse: phases.length > 0 ? "allowed" : "never",
  } as const;
  const recovered = { previous: pinnedOf(directory, document), candidates: new Map() };
  const { environment } = invocation;
  const started = await withWorkbench({ runsDirectory, root: project.root, environment }, async (bench) => {
    const prepared = await prepareRun(project, bench, selection, { recovered });
    refuseEffects(prepared);
    const git = gitState(project.root, new AbortController().signal);
    git.catch(() => {});
    const call = { invocation, options, project, runsDirectory, bench };
    return { ...(await startRun(call, prepared, git)), selected: untoldOf(prepared) };
  });
  if (started.status !== EXIT_STATUS.ok) return started.status;
  const again = readComparedRun(started.directory);
  return tell(
    invocation,
    { directory, again: started.directory },
    judgeReproduction(original, again, started.selected),
  );
};

interface Runs {
  readonly directory: string;
  readonly again: string;
}

function tell(invocation: Invocation, { directory, again }: Runs, verdicts: readonly Verdict[]): number {
  const view = { type: "reproduction", run: basename(directory), again: basename(again), phases: verdicts };
  if (invocation.format === "json") invocation.print(JSON.stringify(view));
  else invocation.print(`\n${describeReproduction(invocation, directory, verdicts)}`);
  const others = verdicts.filter(({ verdict }) => verdict !== "same");
  return others.length === 0
    ? EXIT_STATUS.ok
    : reportError(invocation, notReproduced(invocation, { directory, again }, others));
}

/** By the phases that were selected. */
function untoldOf({ graph, selected }: PreparedRun): ReadonlyMap<string, readonly Untold[]> {
  const of = (name: string): readonly Untold[] => {
    const { phase, step } = graph.phases.get(name)!;
    return [
      ...(phase.secrets.length > 0 ? (["secrets"] as const) : []),
      ...(step.contract.reads === "external" ? (["outside"] as const) : []),
    ];
  };
  return new Map([...selected].map((name) => [name, of(name)]));
}

/** What is outside would be changed a second time. */
function refuseEffects({ graph, selected }: PreparedRun): void {
  const effects = [...selected].filter((name) => graph.phases.get(name)!.step.contract.effects === "external");
  if (effects.length === 0) return;
  throw new OrchestrateError({
    error: "effect-again",
    category: "policy",
    detail: `${effects.join(", ")} would change something outside a second time.`,
    hint: "Name phases that don't depend on it: --phases.",
  });
}

function projectMissing(directory: string, root: string, { git }: RunDocument): OrchestrateError {
  const commit = git === null ? "" : `, at commit ${git.commit}`;
  return new OrchestrateError({
    error: "project-not-found",
    category: "input",
    detail: `The run ${basename(directory)} is of a project at ${root}, and there is none: no plugins.json is there or above.`,
    hint: `Put the run into the runs directory of its project${commit}; a run alone can be verified, not computed again.`,
  });
}

function unfinished(invocation: Invocation, directory: string): OrchestrateError {
  return new OrchestrateError({
    error: "run-unfinished",
    category: "input",
    detail: `The run ${basename(directory)} is not complete, so that there is nothing to compare with.`,
    hint: `Finish it first: orchestrate resume ${runWord(invocation, directory)}.`,
  });
}

function notReproduced(
  invocation: Invocation,
  { directory, again }: Runs,
  others: readonly Verdict[],
): OrchestrateError {
  const names = others.map(({ id }) => id);
  const named = names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
  return new OrchestrateError({
    error: "not-reproduced",
    category: "invariant",
    detail: `${basename(directory)} did not come out the same again: ${named}.`,
    hint: `See orchestrate diff ${runWord(invocation, directory)} ${runWord(invocation, again)}.`,
  });
}

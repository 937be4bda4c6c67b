import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeRunDocument } from "@orchestrate/manifests";
import { countDecisions } from "../core/plan/plan.ts";
import { type GitState, gitState } from "../io/outside/git-state.ts";
import type { LazyPool } from "../io/pool/lazy-pool.ts";
import { killPoints } from "../io/run-directory/kill-points.ts";
import { runId } from "../io/run-directory/run-id.ts";
import { acquireLock } from "../io/run-directory/run-lock.ts";
import { createReporter } from "../io/terminal/create-reporter.ts";
import type { Workbench } from "./containers/workbench-container.ts";
import { driveRun, type RunToDrive } from "./drive-run.ts";
import { fanCounts } from "./fan-counts.ts";
import { askHolder } from "./held/ask-holder.ts";
import { keepHeld } from "./held/keep-held.ts";
import type { Invocation } from "./invocation.ts";
import { findPipeline, runsBeside } from "./locate-runs.ts";
import { newRunDocument } from "./new-run-document.ts";
import { nothingToDo } from "./nothing-to-do.ts";
import { openProject, type Project, type ProjectOptions } from "./open-project.ts";
import { type PreparedRun, prepareRun, type Selection } from "./prepare-run.ts";
import { readNumber } from "./read-number.ts";
import { refuseNetwork } from "./refuse-network.ts";
import { runHoldingAll } from "./run-holding-all.ts";
import { drivenResults } from "./run-results.ts";
import { openSavedPlan, refusePlanDrift, type SavedPlan } from "./saved-plan.ts";
import { StateLocks } from "./state-locks.ts";
import { summarizeRun } from "./summarize-run.ts";
import { refuseUncommittedEffects } from "./uncommitted-effects.ts";
import { verifyIfAsked } from "./verify-if-asked.ts";
import { withWorkbench } from "./with-workbench.ts";

/** The options of `run`, as commander gives them. */
export interface RunOptions extends ProjectOptions {
  readonly phases?: readonly string[];
  readonly concurrency?: string;
  readonly keepGoing?: true;
  readonly force?: readonly string[];
  readonly from?: readonly string[];
  readonly cache?: boolean;
  readonly newRun?: true;
  readonly runsDir?: string;
  readonly allowNetworkFilesystem?: true;
}

/** Runs the pipeline that the options name, or the plan in a file, and gives the exit status. */
export async function runPipeline(
  invocation: Invocation,
  planFile: string | undefined,
  given: RunOptions,
  pool: LazyPool,
): Promise<number> {
  const saved = planFile === undefined ? undefined : openSavedPlan(invocation, planFile, given);
  const options = saved?.options ?? given;
  const found = await findPipeline(invocation, options);
  const runsDirectory = runsBeside(invocation, options, found.file);
  const selection = selectionOf(options);
  const root = dirname(found.file);
  return withWorkbench({ runsDirectory, root, environment: invocation.environment, pool }, async (bench) => {
    const place = { bench, runsDirectory, root };
    const asked = saved === undefined ? await askHolder(invocation, found, options, place) : undefined;
    if (asked?.status !== undefined) return asked.status;
    // A worker takes longer to start than all that is done until it is asked something; what is all there needs none.
    if (options.newRun !== true) await bench.pool.warm(1);
    const project = await openProject(found, options);
    refuseNetwork(runsDirectory, options.allowNetworkFilesystem === true ? "allowed" : "refused");
    const request = asked?.request;
    return runPrepared({ invocation, options, project, runsDirectory, bench, selection, saved, request });
  });
}

/** What the selection options mean. */
export function selectionOf(options: RunOptions): Selection {
  return {
    phases: options.phases ?? [],
    force: options.force ?? [],
    from: options.from ?? [],
    reuse: options.cache === false ? "never" : "allowed",
    concurrency:
      options.concurrency === undefined ? null : readNumber("--concurrency", options.concurrency, { from: 1 }),
  };
}

export interface RunCall {
  readonly invocation: Invocation;
  readonly options: RunOptions;
  readonly project: Project;
  readonly runsDirectory: string;
  readonly bench: Workbench;
  readonly selection: Selection;
  readonly saved: SavedPlan | undefined;
  /** See `requestDigest`; undefined where the answer is not to be remembered. */
  readonly request: string | undefined;
}

/** Runs what a prepared project says, unless a run holds it all already. */
export async function runPrepared(call: RunCall): Promise<number> {
  const locks = new StateLocks(call.runsDirectory);
  // git is asked while a worker is.
  const git = gitState(call.project.root);
  git.catch(() => {});
  try {
    const prepared = await prepareRun(call.project, call.bench, call.selection, { locks });
    return await startUnlessHeld(call, prepared, git);
  } finally {
    locks.release();
  }
}

async function startUnlessHeld(call: RunCall, prepared: PreparedRun, git: Promise<GitState | null>): Promise<number> {
  const { options, project, runsDirectory, bench, request } = call;
  if (call.saved !== undefined) refusePlanDrift(call.saved, project, prepared);
  const holder = options.newRun === true ? undefined : runHoldingAll(prepared.plan, bench.index);
  if (holder !== undefined) {
    if (request !== undefined) await keepHeld(bench, { request, prepared, runsDirectory, holder });
    return nothingToDo(call, prepared, join(runsDirectory, holder.run));
  }
  refuseUncommittedEffects(bench.index, runsDirectory, project.pipeline);
  return startRun(call, prepared, git);
}

async function startRun(
  { invocation, options, project, runsDirectory, bench }: RunCall,
  prepared: PreparedRun,
  git: Promise<GitState | null>,
): Promise<number> {
  const { clock } = bench;
  const run = runId(clock.now(), clock.random);
  const directory = join(runsDirectory, run);
  mkdirSync(directory);
  const beforePoint = killPoints(invocation.environment);
  beforePoint("run-directory-made");
  const lock = await acquireLock(join(directory, "run.lock"), `The run ${run}`);
  try {
    const created = new Date(clock.now()).toISOString();
    const document = newRunDocument(project, prepared, { run, runDirectory: directory, created, git: await git });
    void bench.pool.warm(firstAttempts(prepared));
    const documentDigest = await writeRunDocument(directory, document, document.durability, beforePoint);
    const toDrive = {
      directory,
      document,
      documentDigest,
      root: project.root,
      begun: "new" as const,
      recovered: new Map(),
    };
    return await driveAndSummarize(
      invocation,
      project,
      toDrive,
      prepared,
      bench,
      options.keepGoing === true ? "keep-going" : "stop",
    );
  } finally {
    lock.release();
  }
}

/** How many attempts can begin at once, as far as the plan knows. */
function firstAttempts({ plan }: PreparedRun): number {
  return countDecisions(plan).run;
}

/** Drives a run whose lock is held, following it on the terminal, and says how it ended. */
export async function driveAndSummarize(
  invocation: Invocation,
  project: Project,
  toDrive: RunToDrive,
  prepared: PreparedRun,
  bench: Workbench,
  onFailure: "stop" | "keep-going",
): Promise<number> {
  const { directory } = toDrive;
  const reporter = createReporter({
    terminal: invocation.terminal,
    colour: invocation.colour,
    format: invocation.format,
    total: prepared.plan.entries.size,
    names: [...prepared.selected],
    fans: fanCounts(prepared.plan.entries.values()),
    print: invocation.print,
  });
  try {
    const { drive, manifest } = await driveRun(toDrive, prepared, bench, {
      onFailure,
      environment: invocation.environment,
      follow: (event) => reporter.event(event),
      complain: (text) => reporter.note(text),
    });
    reporter.close();
    const verified = drive.outcome === "succeeded" ? await verifyIfAsked(project, directory) : {};
    return summarizeRun(invocation, {
      directory,
      results: drivenResults(prepared, drive),
      runHash: manifest?.run_hash ?? null,
      ending: { made: "run", drive },
      ...verified,
    });
  } finally {
    reporter.close();
  }
}

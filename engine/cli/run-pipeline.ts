import { join } from "node:path";
import { type GitState, gitState } from "../io/outside/git-state.ts";
import type { LazyPool } from "../io/pool/lazy-pool.ts";
import type { Workbench } from "./containers/workbench-container.ts";
import { keepHeld } from "./held/keep-held.ts";
import type { Invocation } from "./invocation.ts";
import { isStateCurrent } from "./is-state-current.ts";
import { locatePipeline, type PipelinePlace } from "./locate-pipeline.ts";
import { nothingToDo } from "./nothing-to-do.ts";
import { openProject, type Project, type ProjectOptions } from "./open-project.ts";
import { type PreparedRun, prepareRun, type Selection } from "./prepare-run.ts";
import { readNumber } from "./read-number.ts";
import { type NetworkOptions, refuseNetwork } from "./refuse-network.ts";
import { runHoldingAll } from "./run-holding-all.ts";
import { openSavedPlan, refusePlanDrift, type SavedPlan } from "./saved-plan.ts";
import { startRun } from "./start-run.ts";
import { StateLocks } from "./state-locks.ts";
import { lockAndTellEnd } from "./tell-end.ts";
import { refuseUncommittedEffects } from "./uncommitted-effects.ts";
import { withWorkbench } from "./with-workbench.ts";

/** The options of `run`, as commander gives them. */
export interface RunOptions extends ProjectOptions, NetworkOptions {
  readonly phases?: readonly string[];
  readonly concurrency?: string;
  readonly keepGoing?: true;
  readonly force?: readonly string[];
  readonly from?: readonly string[];
  readonly cache?: boolean;
  readonly newRun?: true;
  readonly runsDir?: string;
}

/** A pipeline that is to be run. */
export interface PipelineCall {
  readonly invocation: Invocation;
  readonly place: PipelinePlace;
  readonly options: RunOptions;
  readonly pool: LazyPool;
  /** The plan that it is held to. */
  readonly saved: SavedPlan | undefined;
  /** See `requestDigest`; undefined where the answer is not to be remembered. */
  readonly request: string | undefined;
}

/** Runs the plan in a file, and gives the exit status. */
export async function runSavedPlan(
  invocation: Invocation,
  planFile: string,
  given: RunOptions,
  pool: LazyPool,
): Promise<number> {
  const saved = openSavedPlan(invocation, planFile, given);
  const { options } = saved;
  const place = await locatePipeline(invocation, options);
  return runPipeline({ invocation, place, options, pool, saved, request: undefined });
}

/** Runs a pipeline, and gives the exit status. */
export async function runPipeline(call: PipelineCall): Promise<number> {
  const { invocation, place, options, pool, saved, request } = call;
  const { found, runsDirectory, root } = place;
  const selection = selectionOf(options);
  return withWorkbench({ runsDirectory, root, environment: invocation.environment, pool }, async (bench) => {
    // A worker takes longer to start than all that is done until it is asked something; what is all there needs none.
    if (options.newRun !== true) await bench.pool.warm(1);
    const project = await openProject(found, options);
    refuseNetwork(runsDirectory, options);
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
  const end = new AbortController();
  // git is asked while a worker is, and told to end where nothing is started.
  const git = gitState(call.project.root, end.signal);
  git.catch(() => {});
  try {
    const prepared = await prepareRun(call.project, call.bench, call.selection, { locks });
    return await startUnlessHeld(call, prepared, git);
  } finally {
    end.abort();
    locks.release();
  }
}

async function startUnlessHeld(call: RunCall, prepared: PreparedRun, git: Promise<GitState | null>): Promise<number> {
  const { options, project, runsDirectory, bench, request } = call;
  if (call.saved !== undefined) refusePlanDrift(call.saved, project, prepared);
  const holder = options.newRun === true ? undefined : await runHoldingAll(prepared.plan, bench.index);
  if (holder !== undefined && (await isStateCurrent(prepared.graph, holder.plan, bench.index))) {
    const { run, plan } = holder;
    const held = { ...prepared, plan };
    if (request !== undefined) await keepHeld(bench, { request, prepared: held, runsDirectory, holder: run });
    return nothingToDo(call, held, join(runsDirectory, run.run), lockAndTellEnd);
  }
  refuseUncommittedEffects(call.invocation, bench.index, runsDirectory, project.pipeline);
  return (await startRun(call, prepared, git)).status;
}

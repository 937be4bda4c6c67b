import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeRunDocument } from "@orchestrate/manifests";
import { countDecisions } from "../core/plan/plan.ts";
import type { GitState } from "../io/outside/git-state.ts";
import { killPoints } from "../io/run-directory/kill-points.ts";
import { makeRunDirectory } from "../io/run-directory/make-run-directory.ts";
import { runId } from "../io/run-directory/run-id.ts";
import { acquireLock, type HeldLock } from "../io/run-directory/run-lock.ts";
import { driveAndSummarize } from "./drive-and-summarize.ts";
import { fenceKilledRuns } from "./fence-killed-runs.ts";
import { newRunDocument } from "./new-run-document.ts";
import type { PreparedRun } from "./prepare-run.ts";
import type { RunCall } from "./run-pipeline.ts";

/** A run that was driven. */
export interface StartedRun {
  readonly directory: string;
  /** The exit status. */
  readonly status: number;
}

/** Makes the directory of a new run, with its lock and run.json, and drives it. */
export async function startRun(
  {
    invocation,
    options,
    project,
    runsDirectory,
    bench,
  }: Pick<RunCall, "invocation" | "options" | "project" | "runsDirectory" | "bench">,
  prepared: PreparedRun,
  git: Promise<GitState | null>,
): Promise<StartedRun> {
  await fenceKilledRuns(bench.index, runsDirectory);
  const { clock } = bench;
  const run = runId(clock.now(), clock.random);
  const directory = join(runsDirectory, run);
  makeRunDirectory(directory);
  const beforePoint = killPoints(invocation.environment);
  beforePoint("run-directory-made");
  let lock: HeldLock | undefined;
  try {
    lock = await acquireLock(join(directory, "run.lock"), `The run ${run}`);
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
    const onFailure = options.keepGoing === true ? "keep-going" : "stop";
    const status = await driveAndSummarize(invocation, project, toDrive, prepared, bench, onFailure);
    return { directory, status };
  } finally {
    lock?.release();
    // One that could not be begun leaves nothing that nobody would list.
    if (!existsSync(join(directory, "run.json"))) rmSync(directory, { recursive: true, force: true });
  }
}

/** How many attempts can begin at once, as far as the plan knows. */
function firstAttempts({ plan }: PreparedRun): number {
  return countDecisions(plan).run;
}

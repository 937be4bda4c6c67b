import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Digest, type RunDocument, writeRunDocument } from "@orchestrate/manifests";
import { countDecisions } from "../core/plan/plan.ts";
import type { GitState } from "../io/outside/git-state.ts";
import { killPoints } from "../io/run-directory/kill-points.ts";
import { makeRunDirectory } from "../io/run-directory/make-run-directory.ts";
import { runId } from "../io/run-directory/run-id.ts";
import { acquireLock, type HeldLock } from "../io/run-directory/run-lock.ts";
import { type DriveCall, driveAndSummarize } from "./drive-and-summarize.ts";
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
  call: DriveCall & Pick<RunCall, "runsDirectory">,
  prepared: PreparedRun,
  git: Promise<GitState | null>,
): Promise<StartedRun> {
  const { invocation, project, runsDirectory, bench } = call;
  await fenceKilledRuns(bench.index, runsDirectory);
  const { clock } = bench;
  const run = runId(clock.now(), clock.random);
  const directory = join(runsDirectory, run);
  makeRunDirectory(directory);
  const beforePoint = killPoints(invocation.environment);
  beforePoint("run-directory-made");
  const begun = await beginRun({ project, bench, prepared, git, run, directory, beforePoint }).catch(
    (error: unknown) => {
      // Nobody would list what is left of it.
      if (!existsSync(join(directory, "run.json"))) rmSync(directory, { recursive: true, force: true });
      throw error;
    },
  );
  try {
    const { document, documentDigest } = begun;
    const toDrive = {
      directory,
      document,
      documentDigest,
      root: project.root,
      begun: "new" as const,
      recovered: new Map(),
    };
    return { directory, status: await driveAndSummarize(call, toDrive, prepared) };
  } finally {
    begun.lock.release();
  }
}

/** Locks the directory of a new run, and puts its run.json in place. */
async function beginRun({
  project,
  bench,
  prepared,
  git,
  run,
  directory,
  beforePoint,
}: Pick<RunCall, "project" | "bench"> & {
  readonly prepared: PreparedRun;
  readonly git: Promise<GitState | null>;
  readonly run: string;
  readonly directory: string;
  readonly beforePoint: (point: string) => void;
}): Promise<{ readonly lock: HeldLock; readonly document: RunDocument; readonly documentDigest: Digest }> {
  const lock = await acquireLock(join(directory, "run.lock"), `The run ${run}`);
  try {
    const created = new Date(bench.clock.now()).toISOString();
    const document = newRunDocument(project, prepared, { run, runDirectory: directory, created, git: await git });
    void bench.pool.warm(firstAttempts(prepared));
    const documentDigest = await writeRunDocument(directory, document, document.durability, beforePoint);
    return { lock, document, documentDigest };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** How many attempts can begin at once, as far as the plan knows. */
function firstAttempts({ plan }: PreparedRun): number {
  return countDecisions(plan).run;
}

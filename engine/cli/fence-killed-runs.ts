import { join } from "node:path";
import { OrchestrateError } from "@orchestrate/sdk";
import type { Index } from "../io/index/index-port.ts";
import { fenceRun } from "../io/proc/fence.ts";
import { runsOfProcesses } from "../io/proc/process-table.ts";
import { acquireLock, type HeldLock } from "../io/run-directory/run-lock.ts";

/**
 * Ends what engines that were killed have left of the unfinished runs of a directory: it may hold what a new run needs,
 * as a port or a GPU. A run that an engine drives is left alone.
 */
export async function fenceKilledRuns(index: Pick<Index, "runs">, runsDirectory: string): Promise<void> {
  const unfinished = index.runs().filter(({ complete }) => !complete);
  if (unfinished.length === 0) return;
  const alive = runsOfProcesses();
  for (const { run } of unfinished) {
    if (!alive.has(run)) continue;
    const directory = join(runsDirectory, run);
    const lock = await lockUnlessDriven(directory, run);
    if (lock === undefined) continue;
    try {
      fenceRun(directory, run);
    } finally {
      lock.release();
    }
  }
}

/** Undefined where another engine drives it, or it is another user's. */
async function lockUnlessDriven(directory: string, run: string): Promise<HeldLock | undefined> {
  try {
    return await acquireLock(join(directory, "run.lock"), `The run ${run}`);
  } catch (error) {
    if (error instanceof OrchestrateError) return undefined;
    throw error;
  }
}

import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { errnoOf, ioError } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import { acquireLock } from "./run-lock.ts";

/** Where runs wait to be deleted, in the runs directory: a name that no run has, and no run.json in it. */
const DELETED = ".deleted";

/**
 * Deletes a run, if no engine drives it. It is moved aside first, so that whatever becomes of this process a run is there
 * as a whole or not at all; `deleteRest` deletes what a killed process left of it.
 *
 * @throws ManifestError (io) where the file system refuses.
 */
export async function deleteRun(runsDirectory: string, run: string): Promise<"deleted" | "in-use"> {
  const directory = join(runsDirectory, run);
  const lock = await acquireLock(join(directory, "run.lock"), `The run ${run}`).catch((error: unknown) => {
    if (error instanceof OrchestrateError && error.code === "locked") return undefined;
    throw error;
  });
  if (lock === undefined) return "in-use";
  try {
    const aside = join(runsDirectory, DELETED, run);
    attempt(directory, () => {
      mkdirSync(dirname(aside), { recursive: true });
      renameSync(directory, aside);
    });
    deleteTree(aside);
  } finally {
    lock.release();
  }
  return "deleted";
}

/** Deletes what killed processes have moved aside and not deleted. The directory stays: another process may move a run there. */
export function deleteRest(runsDirectory: string): void {
  const aside = join(runsDirectory, DELETED);
  if (existsSync(aside)) for (const name of readdirSync(aside)) deleteTree(join(aside, name));
}

/** Deletes a directory and all in it; nothing where it is not there. */
export function deleteTree(directory: string): void {
  attempt(directory, () => {
    try {
      rmSync(directory, { recursive: true, force: true });
    } catch (error) {
      if (errnoOf(error) !== "EACCES" && errnoOf(error) !== "EPERM") throw error;
      makeWritable(directory);
      rmSync(directory, { recursive: true, force: true });
    }
  });
}

/** A step may have left directories that are read-only, from which nothing can be deleted. */
function makeWritable(directory: string): void {
  chmodSync(directory, statSync(directory).mode | 0o700);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) makeWritable(join(directory, entry.name));
  }
}

function attempt(path: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    throw ioError(error, "delete", path);
  }
}

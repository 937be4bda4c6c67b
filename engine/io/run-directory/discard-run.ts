import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { errnoOf, ioError, type ManifestError } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import { acquireLock } from "./run-lock.ts";

/** Where runs wait to be deleted, in the runs directory: a name that no run has, and no run.json in it. */
const DELETED = ".deleted";

/**
 * Moves a run aside, if no engine drives it, for `deleteTrees` to delete: so whatever becomes of this process, a run is
 * there as a whole or not at all.
 *
 * @returns `gone`: another process deleted it meanwhile.
 * @throws OrchestrateError or ManifestError (io) where the file system refuses.
 */
export async function discardRun(runsDirectory: string, run: string): Promise<"discarded" | "in-use" | "gone"> {
  const directory = join(runsDirectory, run);
  const isThere = () => existsSync(join(directory, "run.json"));
  const lock = await acquireLock(join(directory, "run.lock"), `The run ${run}`).catch((error: unknown) => {
    if (!isThere() || (error instanceof OrchestrateError && error.code === "locked")) return undefined;
    throw error;
  });
  try {
    if (!isThere()) return "gone";
    if (lock === undefined) return "in-use";
    const aside = join(runsDirectory, DELETED, run);
    mkdirSync(dirname(aside), { recursive: true });
    // A killed process may have left a part of a run that was restored since.
    deleteTree(aside);
    renameSync(directory, aside);
    return "discarded";
  } catch (error) {
    throw ioError(error, "delete", directory);
  } finally {
    lock?.release();
  }
}

/** What was moved aside, by this process or by one that was killed. Absolute paths. */
export function discardedRuns(runsDirectory: string): readonly string[] {
  const aside = join(runsDirectory, DELETED);
  return existsSync(aside) ? readdirSync(aside).map((name) => join(aside, name)) : [];
}

/**
 * Deletes directories and all in them; nothing where one is not there.
 *
 * @returns why some could not be deleted; the others are, all the same.
 */
export function deleteTrees(directories: readonly string[]): readonly ManifestError[] {
  return directories.flatMap((directory) => {
    try {
      deleteTree(directory);
      return [];
    } catch (error) {
      return [ioError(error, "delete", directory)];
    }
  });
}

function deleteTree(directory: string): void {
  try {
    rmSync(directory, { recursive: true, force: true });
  } catch (error) {
    if (errnoOf(error) !== "EACCES" && errnoOf(error) !== "EPERM") throw error;
    makeWritable(directory);
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A step may have left directories that are read-only, from which nothing can be deleted. */
function makeWritable(directory: string): void {
  chmodSync(directory, statSync(directory).mode | 0o700);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) makeWritable(join(directory, entry.name));
  }
}

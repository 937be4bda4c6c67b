import {
  accessSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdtempSync,
  openSync,
  rmSync,
  statfsSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { INDEX_FILE } from "../../io/index/index-file.ts";
import { isNetworkFilesystem } from "../../io/run-directory/network-filesystem.ts";
import { acquireLock } from "../../io/run-directory/run-lock.ts";
import { broken, type Check, ok, warning } from "./check.ts";
import { checkDisk } from "./check-machine.ts";

/** Whether runs can be kept in a directory: tried out in a directory of its own in it, which is removed again. */
export async function checkRunsDirectory(runsDirectory: string): Promise<readonly Check[]> {
  const place = nearestExisting(runsDirectory);
  let trial: string;
  try {
    trial = mkdtempSync(join(place, ".orchestrate-doctor-"));
  } catch (error) {
    const hint = "Make it writable for this user, or choose another place with --runs-dir.";
    return [broken("runs directory", `Nothing can be written in ${place}: ${messageOf(error)}.`, hint)];
  }
  try {
    const { bavail, bsize } = statfsSync(trial);
    return [
      ok("runs directory", `${runsDirectory} can be written`),
      checkNetwork(trial, place),
      checkDisk(bavail * bsize, place),
      checkFsync(trial),
      await checkLock(trial),
      checkLinks(trial),
      ...checkIndex(runsDirectory),
    ];
  } finally {
    rmSync(trial, { recursive: true, force: true });
  }
}

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path));
}

function checkNetwork(trial: string, place: string): Check {
  if (!isNetworkFilesystem(trial)) return ok("file system", "local, as far as its type tells");
  const hint = "Keep runs on a local disk with --runs-dir, or allow it with --allow-network-filesystem.";
  return broken(
    "file system",
    `${place} lies on a network file system, where a lock may not keep engines apart.`,
    hint,
  );
}

function checkFsync(trial: string): Check {
  try {
    const file = openSync(join(trial, "synced"), "w");
    writeSync(file, "synced");
    fsyncSync(file);
    closeSync(file);
    const directory = openSync(trial, "r");
    fsyncSync(directory);
    closeSync(directory);
    return ok("fsync", "files and directories");
  } catch (error) {
    const hint = "Keep runs on another disk, or choose a profile with relaxed durability.";
    return broken("fsync", `fsync fails: ${messageOf(error)}.`, hint);
  }
}

async function checkLock(trial: string): Promise<Check> {
  const path = join(trial, "lock");
  try {
    const held = await acquireLock(path, "The trial");
    const second = await acquireLock(path, "The trial").then(
      (lock) => lock,
      () => undefined,
    );
    second?.release();
    held.release();
    if (second === undefined) return ok("locks", "a second engine is refused");
    return broken("locks", "Two engines can hold one lock here.", "Keep runs on a local disk with --runs-dir.");
  } catch (error) {
    return broken("locks", `A lock fails: ${messageOf(error)}.`, "Keep runs on a local disk with --runs-dir.");
  }
}

function checkLinks(trial: string): Check {
  const from = join(trial, "synced");
  const can = [
    ...(works(() => copyFileSync(from, join(trial, "reflink"), constants.COPYFILE_FICLONE_FORCE)) ? ["reflinks"] : []),
    ...(works(() => linkSync(from, join(trial, "link"))) ? ["hard links"] : []),
  ];
  if (can.length > 0) return ok("reuse", `by ${can.join(" and ")}`);
  return warning(
    "reuse",
    "There are neither reflinks nor hard links here: what is reused is copied.",
    "Nothing needs to be done.",
  );
}

/** Where another user made the index, and none is where there are no runs yet. */
function checkIndex(runsDirectory: string): readonly Check[] {
  const index = join(runsDirectory, INDEX_FILE);
  if (!existsSync(index) || works(() => accessSync(index, constants.W_OK))) return [];
  return [
    warning(
      "index",
      `This user may not write ${index}: what the runs hold is read anew for every command.`,
      "Delete it, or have its owner let your group write it; it is made again.",
    ),
  ];
}

function works(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

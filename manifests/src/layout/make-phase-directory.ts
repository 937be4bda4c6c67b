import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Durability } from "../commit/commit-request.ts";
import { syncPaths } from "../commit/sync-paths.ts";
import { ioError } from "../io-error.ts";
import { phaseDirectory } from "./phase-directory.ts";

/**
 * Makes the directory of a phase instance, and returns it. With `strict`, what was made is durable in its parents: a
 * commit itself syncs no directory above the phase's own. One that is there already is left as it is.
 *
 * @throws ManifestError `name-unsafe` (input), `fsync-failed` or another of category io.
 */
export async function makePhaseDirectory(
  runDir: string,
  phase: string,
  key: string | null,
  durability: Durability,
): Promise<string> {
  const directory = phaseDirectory(runDir, phase, key);
  const first = make(directory);
  if (first !== undefined && durability === "strict") await syncPaths(parentsMade(first, directory));
  return directory;
}

function make(directory: string): string | undefined {
  try {
    return mkdirSync(directory, { recursive: true });
  } catch (error) {
    throw ioError(error, "make the directory", directory);
  }
}

/** The parents of all directories from `first` down to `last`. */
function parentsMade(first: string, last: string): string[] {
  const parents = [dirname(first)];
  for (let directory = last; directory.length > first.length; directory = dirname(directory)) {
    parents.push(dirname(directory));
  }
  return parents;
}

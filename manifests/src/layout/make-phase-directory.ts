import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Durability } from "../commit/commit-request.ts";
import { syncPaths } from "../commit/sync-paths.ts";
import { ioError } from "../io-error.ts";
import { phaseDirectory } from "./phase-directory.ts";

/** The directory of a phase instance. */
export interface LaidPhaseDirectory {
  readonly path: string;
  /**
   * Settles once what was made is durable in its parents, with `relaxed` at once. A commit syncs no directory above the
   * phase's own, so await this before it; a step may run meanwhile. Rejects with ManifestError `fsync-failed` or another
   * of category io.
   */
  readonly lasting: Promise<void>;
}

/**
 * Makes the directory of a phase instance. What is in one that is there already is left as it is.
 *
 * @throws ManifestError `name-unsafe` (input), or one of category io.
 */
export function makePhaseDirectory(
  runDir: string,
  phase: string,
  key: string | null,
  durability: Durability,
): LaidPhaseDirectory {
  const path = phaseDirectory(runDir, phase, key);
  const first = make(path);
  if (durability === "relaxed") return { path, lasting: Promise.resolve() };
  // One that is there is of an attempt that may have been cut short before it was durable.
  const lasting = syncPaths(parentsOf(first ?? `${runDir}/phases`, path));
  // Where the step fails nobody awaits it.
  lasting.catch(() => {});
  return { path, lasting };
}

function make(directory: string): string | undefined {
  try {
    return mkdirSync(directory, { recursive: true });
  } catch (error) {
    throw ioError(error, "make the directory", directory);
  }
}

/** The parents of all directories from `first` down to `last`. */
function parentsOf(first: string, last: string): string[] {
  const parents = [dirname(first)];
  for (let directory = last; directory.length > first.length; directory = dirname(directory)) {
    parents.push(dirname(directory));
  }
  return parents;
}

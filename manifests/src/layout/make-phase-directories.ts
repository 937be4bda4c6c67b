import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Durability } from "../commit/commit-request.ts";
import { syncPaths } from "../commit/sync-paths.ts";
import { ioError } from "../io-error.ts";
import type { PhaseLocation } from "./list-phases.ts";
import { phaseDirectory } from "./phase-directory.ts";

/** Directories of phase instances. */
export interface LaidPhaseDirectories {
  /** One for each instance, in the order given. */
  readonly paths: readonly string[];
  /**
   * Settles once what was made is durable in its parents, with `relaxed` at once. A commit syncs no directory above the
   * phase's own, so await this before it; a step may run meanwhile. Rejects with ManifestError `fsync-failed` or
   * another of category io.
   */
  readonly lasting: Promise<void>;
}

/**
 * Makes the directories of phase instances; one sync of each parent makes all of them durable. What is in one that is
 * there already is left as it is.
 *
 * @throws ManifestError `name-unsafe` (input), or one of category io.
 */
export function makePhaseDirectories(
  runDir: string,
  instances: readonly Pick<PhaseLocation, "phase" | "key">[],
  durability: Durability,
): LaidPhaseDirectories {
  const paths = instances.map(({ phase, key }) => phaseDirectory(runDir, phase, key));
  const parents = new Set<string>();
  for (const path of paths) {
    // One that is there is of an attempt that may have been cut short before it was durable.
    const first = make(path) ?? `${runDir}/phases`;
    for (const parent of parentsOf(first, path)) parents.add(parent);
  }
  if (durability === "relaxed") return { paths, lasting: Promise.resolve() };
  const lasting = syncPaths([...parents]);
  // Where the step fails nobody awaits it.
  lasting.catch(() => {});
  return { paths, lasting };
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

import { type Dirent, readdirSync } from "node:fs";
import { errnoOf, ioError } from "../io-error.ts";
import { isReservedName } from "./phase-directory.ts";

/** A phase instance and its directory in a run. */
export interface PhaseLocation {
  readonly phase: string;
  readonly key: string | null;
  readonly directory: string;
}

/**
 * Lists the phase instances that something was begun of in a run, committed or not; none where the run has no phases
 * yet. Directories are made ahead: an empty one is of an instance that was not begun.
 */
export function listPhases(runDir: string): PhaseLocation[] {
  const root = `${runDir}/phases`;
  return directoriesIn(root).flatMap((phase): PhaseLocation[] => {
    const directory = `${root}/${phase}`;
    const entries = list(directory);
    if (entries.length === 0) return [];
    const keys = instanceKeys(entries);
    if (keys === "none") return [{ phase, key: null, directory }];
    const instances = keys.map((key) => ({ phase, key, directory: `${directory}/${key}` }));
    return instances.filter((instance) => list(instance.directory).length > 0);
  });
}

/** `none` where the phase is not fanned out. */
function instanceKeys(entries: readonly Dirent[]): string[] | "none" {
  if (entries.some(({ name }) => isReservedName(name))) return "none";
  const keys = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return keys.length === 0 ? "none" : keys.sort();
}

function directoriesIn(root: string): string[] {
  const entries = list(root).filter((entry) => entry.isDirectory());
  return entries.map(({ name }) => name).sort();
}

function list(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return [];
    throw ioError(error, "list", directory);
  }
}

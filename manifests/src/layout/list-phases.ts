import { readdirSync } from "node:fs";
import { errnoOf, ioError } from "../io-error.ts";
import { isReservedName } from "./phase-directory.ts";

/** A phase instance that has a directory in a run. */
export interface PhaseLocation {
  readonly phase: string;
  readonly key: string | null;
  readonly directory: string;
}

/** Lists the phase instances that have a directory in a run, committed or not; none where the run has no phases yet. */
export function listPhases(runDir: string): PhaseLocation[] {
  const root = `${runDir}/phases`;
  return directoriesIn(root).flatMap((phase): PhaseLocation[] => {
    const directory = `${root}/${phase}`;
    const keys = instanceKeys(directory);
    if (keys === "none") return [{ phase, key: null, directory }];
    return keys.map((key) => ({ phase, key, directory: `${directory}/${key}` }));
  });
}

/** `none` where the phase is not fanned out. */
function instanceKeys(directory: string): string[] | "none" {
  const names = list(directory);
  if (names.length === 0 || names.some(({ name }) => isReservedName(name))) return "none";
  const keys = names.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return keys.length === 0 ? "none" : keys.sort();
}

function directoriesIn(root: string): string[] {
  const entries = list(root).filter((entry) => entry.isDirectory());
  return entries.map(({ name }) => name).sort();
}

function list(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return [];
    throw ioError(error, "list", directory);
  }
}

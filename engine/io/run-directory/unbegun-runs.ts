import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { isLocked } from "./is-locked.ts";
import { RUN_ID } from "./run-id.ts";

/**
 * The directories of runs whose engine was killed before their run.json was in place, which are no runs: each has a lock, and
 * nobody holds it. One without a lock may be about to get it. Absolute paths.
 */
export function unbegunRuns(runsDirectory: string): readonly string[] {
  if (!existsSync(runsDirectory)) return [];
  return readdirSync(runsDirectory)
    .filter((name) => RUN_ID.test(name))
    .map((name) => join(runsDirectory, name))
    .filter((directory) => {
      const lock = join(directory, "run.lock");
      // In this order: whoever gives the lock up has put run.json in place, or removed all.
      return existsSync(lock) && !isLocked(lock) && !existsSync(join(directory, "run.json"));
    });
}

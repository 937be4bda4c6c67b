import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { isLocked } from "./is-locked.ts";
import { RUN_ID } from "./run-id.ts";

/**
 * The directories of runs whose engine was killed before their run.json was in place, which are no runs: each has a
 * lock, and nobody holds it. One without a lock, or with a new one, may be about to begin. Absolute paths.
 *
 * @param now in milliseconds since 1970.
 */
export function unbegunRuns(runsDirectory: string, now: number): readonly string[] {
  if (!existsSync(runsDirectory)) return [];
  return readdirSync(runsDirectory)
    .filter((name) => RUN_ID.test(name))
    .map((name) => join(runsDirectory, name))
    .filter((directory) => {
      const lock = join(directory, "run.lock");
      const looks = statSync(lock, { throwIfNoEntry: false });
      if (looks === undefined || looks.mtimeMs > now - NEW) return false;
      // In this order: whoever gives the lock up has put run.json in place, or removed all.
      return !isLocked(lock) && readdirSync(directory).every((name) => BEGINNING.has(name));
    });
}

/**
 * The lock, and what run.json is called until it is in place. Where there is more, something may have been computed.
 */
const BEGINNING: ReadonlySet<string> = new Set(["run.lock", ".run.json"]);

/** How long, in milliseconds, a lock may be there before its engine has taken it and put run.json in place. */
const NEW = 60_000;

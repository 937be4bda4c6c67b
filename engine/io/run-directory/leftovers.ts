import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { listPhases } from "@orchestrate/manifests";

/**
 * The directories that nothing needs any more once a run is complete: staging directories of attempts that failed,
 * checkpoints, and what recovery set aside. Absolute paths.
 */
export function leftovers(runDirectory: string): readonly string[] {
  return listPhases(runDirectory)
    .filter(({ directory }) => existsSync(join(directory, "manifest.json")))
    .flatMap(({ directory }) =>
      readdirSync(directory).flatMap((name) => (LEFT.test(name) ? join(directory, name) : [])),
    );
}

const LEFT = /^(attempt-\d+(\.checkpoints)?|discarded-\d+)$/;

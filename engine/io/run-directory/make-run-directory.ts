import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { errnoOf } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";

/**
 * Makes the directory of a new run, in the runs directory.
 *
 * @throws OrchestrateError `runs-directory-unusable` (io) where this user may not; Error of the file system otherwise.
 */
export function makeRunDirectory(directory: string): void {
  try {
    mkdirSync(directory);
  } catch (error) {
    if (!(error instanceof Error) || !REFUSALS.has(errnoOf(error))) throw error;
    throw new OrchestrateError(
      {
        error: "runs-directory-unusable",
        category: "io",
        detail: `No run can be begun in ${dirname(directory)}: ${error.message}.`,
        hint: "Make it a directory that this user may read and write, or name another one with --runs-dir.",
      },
      { cause: error },
    );
  }
}

const REFUSALS: ReadonlySet<string | undefined> = new Set(["EACCES", "EPERM", "EROFS"]);

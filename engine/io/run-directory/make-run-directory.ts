import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
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
    const isRefused = error instanceof Error && "code" in error && REFUSALS.has(error.code);
    if (!isRefused) throw error;
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

const REFUSALS: ReadonlySet<unknown> = new Set(["EACCES", "EPERM", "EROFS"]);

import { renameSync, rmSync } from "node:fs";
import type { CommitRequest } from "./commit-request.ts";

/** The four paths that a commit moves things between. */
export interface Places {
  readonly staging: string;
  readonly prepared: string;
  readonly artifacts: string;
  readonly manifest: string;
  /** How far this commit came, so that a failure takes back its own and nothing else. */
  reached: "nothing" | "prepared" | "artifacts" | "manifest";
}

export function placesOf({ phaseDir, attempt }: CommitRequest): Places {
  return {
    staging: `${phaseDir}/attempt-${attempt}`,
    prepared: `${phaseDir}/attempt-${attempt}.manifest.json`,
    artifacts: `${phaseDir}/artifacts`,
    manifest: `${phaseDir}/manifest.json`,
    reached: "nothing",
  };
}

/**
 * After a failure nothing of the attempt may count as committed, least of all what an fsync refused: recovery would
 * roll it forward. What can't be taken back is left to recovery; the first error is the one to tell.
 */
export function takeBack({ staging, prepared, artifacts, manifest, reached }: Places): void {
  try {
    if (reached === "manifest") rmSync(manifest);
    else if (reached !== "nothing") rmSync(prepared, { force: true });
    if (reached === "artifacts" || reached === "manifest") renameSync(artifacts, staging);
  } catch {
    return;
  }
}

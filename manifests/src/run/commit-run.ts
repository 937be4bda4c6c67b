import { join } from "node:path";
import type { RunCommitPoint } from "../commit/commit-point.ts";
import type { Durability } from "../commit/commit-request.ts";
import { digestBytes } from "../digest/digest-bytes.ts";
import type { Digest } from "../schema/digest.ts";
import type { RunManifest } from "../schema/run-manifest.ts";
import { type PlacingStep, putInPlace } from "./put-in-place.ts";

export interface RunCommit {
  readonly runDir: string;
  readonly manifest: RunManifest;
  readonly durability: Durability;
  /** Called before the action that reaches a point; for tests that kill the process there. */
  readonly beforePoint?: (point: RunCommitPoint) => void;
}

/**
 * Puts the run's own manifest in place, which says that all selected phases are committed, and returns its digest.
 * Killed before that, it leaves the run unfinished; doing it again is safe.
 *
 * @throws ManifestError `fsync-failed` or another of category io.
 */
export async function commitRun({ runDir, manifest, durability, beforePoint = () => {} }: RunCommit): Promise<Digest> {
  const text = `${JSON.stringify(manifest)}\n`;
  await putInPlace(join(runDir, "manifest.json"), text, durability, (step) => beforePoint(pointOf[step]));
  return digestBytes(text);
}

const pointOf: Readonly<Record<PlacingStep, RunCommitPoint>> = {
  prepared: "run-manifest-prepared",
  synced: "run-manifest-synced",
  renamed: "run-manifest-renamed",
  "in-place": "run-committed",
};

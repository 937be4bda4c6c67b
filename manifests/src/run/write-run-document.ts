import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Durability } from "../commit/commit-request.ts";
import { syncPaths } from "../commit/sync-paths.ts";
import { digestBytes } from "../digest/digest-bytes.ts";
import { ManifestError } from "../manifest-error.ts";
import type { Digest } from "../schema/digest.ts";
import type { RunDocument } from "../schema/run-document.ts";
import { type PlacingStep, putInPlace } from "./put-in-place.ts";

/** The points that this reaches, named for what is done when they are reached. */
export type RunDocumentPoint = `run-document-${PlacingStep}`;

/**
 * Writes run.json into a run directory that was just made, and returns its digest. With `strict`, the file and the run
 * directory's own entry are durable.
 *
 * @param beforePoint called before the action that reaches a point; for tests that kill the process there.
 * @throws ManifestError `run-exists` (invariant): a run.json is never changed. `fsync-failed` or another of category
 * io.
 */
export async function writeRunDocument(
  runDir: string,
  document: RunDocument,
  durability: Durability,
  beforePoint: (point: RunDocumentPoint) => void = () => {},
): Promise<Digest> {
  const path = join(runDir, "run.json");
  if (existsSync(path)) throw exists(path);
  const text = `${JSON.stringify(document, null, 2)}\n`;
  await putInPlace(path, text, durability, (step) => beforePoint(`run-document-${step}`));
  if (durability === "strict") await syncPaths([dirname(runDir)]);
  return digestBytes(text);
}

function exists(path: string): ManifestError {
  return new ManifestError({
    error: "run-exists",
    category: "invariant",
    detail: `${path} is there already, and a run.json is never changed.`,
    hint: "Resume that run, or begin one in a new directory.",
  });
}

import { lstatSync } from "node:fs";
import { join } from "node:path";
import { digestArtifact } from "../digest/digest-artifact.ts";
import { errnoOf, ioError } from "../io-error.ts";
import { isPlainPath } from "../layout/plain-path.ts";
import { ManifestError } from "../manifest-error.ts";
import type { OutputRecord } from "../schema/phase-manifest.ts";

/** How closely to look: by digest, or only whether something of the form is there. */
export type ArtifactCheck = "digest" | "exists";

/** What is found where a manifest says an artifact is: its digest, or words for what is there instead. */
export async function inspectArtifact(phaseDir: string, output: OutputRecord, check: ArtifactCheck): Promise<string> {
  if (!output.path.startsWith("artifacts/") || !isPlainPath(output.path)) return "a path that leaves artifacts/";
  const path = join(phaseDir, output.path);
  const there = formAt(path);
  const wanted = output.form === "directory" ? "a directory" : "a file";
  if (there !== wanted) return there;
  if (check === "exists") return output.digest;
  try {
    return (await digestArtifact(path, output.form)).digest;
  } catch (error) {
    // A tree that could never have been committed differs; a disk that fails is another matter.
    if (error instanceof ManifestError && error.category === "input") return error.detail;
    throw error;
  }
}

function formAt(path: string): string {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return "nothing";
    if (stats.isFile()) return "a file";
    if (stats.isDirectory()) return "a directory";
    return stats.isSymbolicLink() ? "a symbolic link" : "neither a file nor a directory";
  } catch (error) {
    if (errnoOf(error) === "ENOTDIR") return "nothing";
    throw ioError(error, "look at", path);
  }
}

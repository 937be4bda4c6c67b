import { lstatSync } from "node:fs";
import { join } from "node:path";
import { digestArtifact } from "../digest/digest-artifact.ts";
import { fileType } from "../file-type.ts";
import { errnoOf, ioError } from "../io-error.ts";
import { isPlainPath } from "../layout/plain-path.ts";
import { ManifestError } from "../manifest-error.ts";
import type { OutputRecord } from "../schema/phase-manifest.ts";

/** What is found where a manifest says an artifact is: its digest, or words for what is there instead. */
export async function inspectArtifact(phaseDir: string, output: OutputRecord): Promise<string> {
  if (!output.path.startsWith("artifacts/") || !isPlainPath(output.path)) return "a path that leaves artifacts/";
  const path = join(phaseDir, output.path);
  const there = formAt(path);
  const wanted = output.form === "directory" ? "a directory" : "a file";
  if (there !== wanted) return there;
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
    return stats === undefined ? "nothing" : fileType(stats);
  } catch (error) {
    if (errnoOf(error) === "ENOTDIR") return "nothing";
    throw ioError(error, "look at", path);
  }
}

import { readFileSync } from "node:fs";
import { errnoOf } from "@orchestrate/manifests";

/**
 * The text of a file; undefined where there is none, or none that this user may read.
 *
 * @throws Error of the file system for all else, as too many open files: what could not be read is not absent.
 */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (ABSENT.has(errnoOf(error))) return undefined;
    throw error;
  }
}

const ABSENT: ReadonlySet<string | undefined> = new Set([
  ...["ENOENT", "ENOTDIR", "EISDIR", "ELOOP", "ENAMETOOLONG"],
  ...["EACCES", "EPERM"],
]);

import { renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Durability } from "../commit/commit-request.ts";
import { syncPaths } from "../commit/sync-paths.ts";
import { ioError } from "../io-error.ts";

/** The steps of putting a file in place, each named for what is done after it. */
export type PlacingStep = "prepared" | "synced" | "renamed" | "in-place";

/**
 * Puts a file in place whole or not at all: written as `.<name>` beside it, fsynced, renamed, and its directory
 * fsynced.
 *
 * @throws ManifestError `fsync-failed` or another of category io.
 */
export async function putInPlace(
  path: string,
  text: string,
  durability: Durability,
  beforeStep: (step: PlacingStep) => void,
): Promise<void> {
  const directory = dirname(path);
  const prepared = join(directory, `.${basename(path)}`);
  const sync = async (target: string) => (durability === "strict" ? syncPaths([target]) : undefined);
  try {
    beforeStep("prepared");
    writeFileSync(prepared, text);
    beforeStep("synced");
    await sync(prepared);
    beforeStep("renamed");
    renameSync(prepared, path);
    beforeStep("in-place");
    await sync(directory);
  } catch (error) {
    throw ioError(error, "write", path);
  }
}

import { chmodSync, constants, copyFileSync, lstatSync, renameSync, type Stats } from "node:fs";
import { type StatEntry, type StatRecord, sameStat, toStatRecord } from "../digest/stat-record.ts";
import { ioError } from "../io-error.ts";
import { ManifestError } from "../manifest-error.ts";
import type { FoundOutput } from "./check-outputs.ts";

/**
 * Gives every writable file that has other hard links bytes of its own, so that sealing it changes nothing elsewhere.
 * Returns whether anything was replaced.
 */
export function separateLinks(output: FoundOutput): "replaced" | "untouched" {
  const shared = filesOf(output).filter(({ stats }) => stats.nlink > 1 && (stats.mode & 0o222) !== 0);
  for (const { absolute, stats } of shared) {
    const copy = `${absolute}.orchestrate-copy`;
    try {
      copyFileSync(absolute, copy, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      chmodSync(copy, stats.mode & 0o777);
      renameSync(copy, absolute);
    } catch (error) {
      throw ioError(error, "copy the linked file", absolute);
    }
  }
  return shared.length === 0 ? "untouched" : "replaced";
}

/**
 * Makes the files of an output read-only (0444, or 0555 where the owner may execute it) and tells how each entry looks
 * then.
 *
 * @throws ManifestError `output-changed` (failed) where something still writes to it, or of category io.
 */
export function sealOutput(output: FoundOutput): StatEntry[] {
  for (const { absolute, stats } of filesOf(output)) sealFile(absolute, stats);
  return statOutput(output);
}

/** How each entry looks now; throws as `sealOutput` does. */
export function statOutput({ name, absolute, stats, items }: FoundOutput): StatEntry[] {
  return [
    { path: ".", ...restat(name, absolute, stats) },
    ...items.map((item) => ({ path: item.path, ...restat(name, `${absolute}/${item.path}`, item.stats) })),
  ];
}

export function filesOf({ declared, absolute, stats, items }: FoundOutput): { absolute: string; stats: Stats }[] {
  if (declared.form !== "directory") return [{ absolute, stats }];
  return items
    .filter(({ type }) => type === "file")
    .map((item) => ({ absolute: `${absolute}/${item.path}`, stats: item.stats }));
}

function sealFile(path: string, stats: Stats): void {
  const mode = (stats.mode & 0o100) === 0 ? 0o444 : 0o555;
  // What still has several links was read-only when it came, and belongs to others as well.
  if (stats.nlink > 1 || (stats.mode & 0o7777) === mode) return;
  try {
    chmodSync(path, mode);
  } catch (error) {
    throw ioError(error, "make read-only", path);
  }
}

function restat(name: string, path: string, before: Stats): StatRecord {
  try {
    const now = toStatRecord(lstatSync(path));
    // Sealing itself changes the ctime, and nothing else.
    if (sameStat(now, { ...toStatRecord(before), ctimeMs: now.ctimeMs })) return now;
  } catch (error) {
    throw ioError(error, "look at", path);
  }
  throw changed(name, path);
}

function changed(name: string, path: string): ManifestError {
  return new ManifestError({
    error: "output-changed",
    category: "failed",
    detail: `The output "${name}" changed while it was committed: ${path}.`,
    hint: "A process of the step outlived it and still writes. Let the step wait for all that it starts.",
  });
}

import { lstatSync, type Stats, statSync } from "node:fs";
import { errnoOf, ioError } from "../io-error.ts";
import type { Digest } from "../schema/digest.ts";
import type { OutputRecord } from "../schema/phase-manifest.ts";
import { walkTree } from "./walk-tree.ts";

/** What tells that a file was changed since it was digested, even where its mtime was put back. Times in ms. */
export interface StatRecord {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly ino: number;
}

/** The record of one path of an artifact; the artifact itself has the path `.`. */
export interface StatEntry extends StatRecord {
  readonly path: string;
  /** Of a larger file below a directory: what it was digested to together with all of it. */
  readonly digest?: Digest;
}

/** The record of a file or directory; symbolic links are followed. Throws an error of category io. */
export function statRecord(path: string): StatRecord {
  try {
    return toStatRecord(statSync(path));
  } catch (error) {
    throw ioError(error, "look at", path);
  }
}

/** The records of an artifact: of a directory with those of all that is below it, directories included. */
export function statArtifact(path: string, form: OutputRecord["form"]): StatEntry[] {
  const whole = { path: ".", ...statRecord(path) };
  if (form !== "directory") return [whole];
  return [whole, ...walkTree(path).map((entry) => ({ path: entry.path, ...toStatRecord(entry.stats) }))];
}

/**
 * Whether an artifact (a file, or a directory with its tree) is as it was recorded. An entry that was added or removed
 * shows in its directory's times, so nothing is listed.
 */
export function unchangedSince(artifact: string, entries: readonly StatEntry[]): boolean {
  return entries.every((entry) => {
    const found = lookQuietly(artifact, entry.path);
    return found !== undefined && sameStat(entry, toStatRecord(found));
  });
}

/** The same, but for the ctime: a hard link that is made of a file, or removed, changes that and nothing else. */
export function unchangedButForLinks(artifact: string, entries: readonly StatEntry[]): boolean {
  return entries.every((entry) => {
    const found = lookQuietly(artifact, entry.path);
    return found !== undefined && sameStat({ ...entry, ctimeMs: 0 }, { ...toStatRecord(found), ctimeMs: 0 });
  });
}

export function sameStat(a: StatRecord, b: StatRecord): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.ino === b.ino;
}

export function toStatRecord({ size, mtimeMs, ctimeMs, ino }: Stats): StatRecord {
  return { size, mtimeMs, ctimeMs, ino };
}

function lookQuietly(artifact: string, path: string): Stats | undefined {
  try {
    return path === "."
      ? statSync(artifact, { throwIfNoEntry: false })
      : lstatSync(`${artifact}/${path}`, { throwIfNoEntry: false });
  } catch (error) {
    if (errnoOf(error) === "ENOTDIR") return undefined;
    throw ioError(error, "look at", `${artifact}/${path}`);
  }
}

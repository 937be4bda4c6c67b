import type { StatEntry, StatRecord } from "@orchestrate/manifests";
import type { PackedEntry } from "./index-port.ts";

/** Stat records as short as JSON lets them be. */
export function packStats(entries: readonly StatEntry[]): readonly PackedEntry[] {
  return entries.map(({ path, size, mtimeMs, ctimeMs, ino, digest }) =>
    digest === undefined ? [path, size, mtimeMs, ctimeMs, ino] : [path, size, mtimeMs, ctimeMs, ino, digest],
  );
}

export function unpackStats(entries: readonly PackedEntry[]): readonly StatEntry[] {
  return entries.map(([path, size, mtimeMs, ctimeMs, ino, digest]) => {
    const entry = { path, size, mtimeMs, ctimeMs, ino };
    return digest === undefined ? entry : { ...entry, digest };
  });
}

export function packStat({ size, mtimeMs, ctimeMs, ino }: StatRecord): PackedEntry {
  return [".", size, mtimeMs, ctimeMs, ino];
}

export function unpackStat([, size, mtimeMs, ctimeMs, ino]: PackedEntry): StatRecord {
  return { size, mtimeMs, ctimeMs, ino };
}

import { lstatSync } from "node:fs";
import { join } from "node:path";
import {
  digestArtifact,
  ManifestError,
  readPhaseManifest,
  type StatEntry,
  sameStat,
  statRecord,
  statTree,
  unchangedSince,
} from "@orchestrate/manifests";
import type { PackedEntry } from "./index-port.ts";
import { packStat, packStats, unpackStat, unpackStats } from "./packed-stats.ts";
import type { PhaseRecord } from "./phase-row.ts";

/** Whether manifest and artifacts look as they did when their digests were known to be true. Reads none of them. */
export function looksTheSame(directory: string, record: PhaseRecord): boolean {
  if (!unchangedSince(join(directory, "manifest.json"), unpackStats([record.manifestStat]))) return false;
  return Object.entries(record.outputs).every(([name, { path }]) => {
    const stats = record.stats[name];
    return stats !== undefined && unchangedSince(join(directory, path), unpackStats(stats));
  });
}

/**
 * Reads and digests what no longer looks as it did.
 *
 * @returns the record with what things look like now; undefined where the phase no longer is what it was.
 */
export async function checkAgain(directory: string, record: PhaseRecord): Promise<PhaseRecord | undefined> {
  try {
    const again = readAgain(directory, record);
    if (again === undefined) return undefined;
    const { manifestStat, manifest, outputs } = again;
    const stats: Record<string, PhaseRecord["stats"][string]> = {};
    for (const [name, { path, form, digest }] of Object.entries(outputs)) {
      const artifact = join(directory, path);
      const before = record.stats[name];
      if (before !== undefined && unchangedSince(artifact, unpackStats(before))) {
        stats[name] = before;
        continue;
      }
      const looks = statsOf(artifact, form);
      if ((await digestArtifact(artifact, form)).digest !== digest) return undefined;
      stats[name] = packStats(looks);
    }
    return { fingerprint: record.fingerprint, manifest, manifestStat, outputs, stats };
  } catch (error) {
    // A phase that is gone, or can't be read, is no candidate; what is wrong with it is for `verify` to say.
    if (error instanceof ManifestError) return undefined;
    throw error;
  }
}

/** Undefined where the manifest is of another phase now. */
function readAgain(
  directory: string,
  record: PhaseRecord,
): Pick<PhaseRecord, "manifest" | "manifestStat" | "outputs"> | undefined {
  const path = join(directory, "manifest.json");
  const manifestStat = packStat(statRecord(path));
  if (sameStat(unpackStat(manifestStat), unpackStat(record.manifestStat))) return record;
  const { manifest, digest } = readPhaseManifest(path);
  if (manifest.fingerprint.digest !== record.fingerprint) return undefined;
  return { manifest: digest, manifestStat, outputs: manifest.outputs };
}

/** What an artifact looks like: of a directory, with all that is below it. */
export function statsOf(artifact: string, form: "file" | "json" | "ndjson" | "directory"): readonly StatEntry[] {
  return form === "directory" ? statTree(artifact) : [{ path: ".", ...statRecord(artifact) }];
}

/** What an artifact looks like after its files were linked: a new ctime is taken over only where nothing else is new. */
export function statsAfterLink(artifact: string, entries: readonly PackedEntry[]): readonly PackedEntry[] {
  return entries.map((entry) => {
    const [path, size, mtimeMs, , ino] = entry;
    const now = lstatSync(path === "." ? artifact : `${artifact}/${path}`, { throwIfNoEntry: false });
    const same = now !== undefined && now.size === size && now.mtimeMs === mtimeMs && now.ino === ino;
    return same ? [path, size, mtimeMs, now.ctimeMs, ino] : entry;
  });
}

import { lstatSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import {
  digestArtifact,
  ManifestError,
  readPhaseManifest,
  sameStat,
  statArtifact,
  statRecord,
  withDigests,
} from "@orchestrate/manifests";
import type { PackedEntry } from "./index-port.ts";
import { packStat, packStats, unpackStat } from "./packed-stats.ts";
import type { PhaseRecord } from "./phase-row.ts";

/** Whether manifest and artifacts look as they did when their digests were known to be true. Reads none of them. */
export function looksTheSame(directory: string, { manifestStat, outputs, stats }: PhaseRecord): boolean {
  if (!looksLike(`${directory}/manifest.json`, manifestStat)) return false;
  for (const name in outputs) {
    const entries = stats[name];
    const artifact = `${directory}/${outputs[name]!.path}`;
    if (entries === undefined || !entries.every((entry) => looksLike(artifact, entry))) return false;
  }
  return true;
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
      if (before?.every((entry) => looksLike(artifact, entry)) === true) {
        stats[name] = before;
        continue;
      }
      const looks = statArtifact(artifact, form);
      const digested = await digestArtifact(artifact, form);
      if (digested.digest !== digest) return undefined;
      stats[name] = packStats(withDigests(looks, digested));
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

/**
 * What an artifact looks like after its files were linked: a new ctime is taken over only where nothing else is new.
 */
export function statsAfterLink(artifact: string, entries: readonly PackedEntry[]): readonly PackedEntry[] {
  return entries.map((entry) => {
    const [path, size, mtimeMs, , ino, ...digest] = entry;
    const now = look(artifact, path);
    const same = now !== undefined && now.size === size && now.mtimeMs === mtimeMs && now.ino === ino;
    return same ? [path, size, mtimeMs, now.ctimeMs, ino, ...digest] : entry;
  });
}

function looksLike(artifact: string, [path, size, mtimeMs, ctimeMs, ino]: PackedEntry): boolean {
  const now = look(artifact, path);
  return (
    now !== undefined && now.size === size && now.mtimeMs === mtimeMs && now.ctimeMs === ctimeMs && now.ino === ino
  );
}

/** As stat records are taken: the artifact itself may be a link, links below it are entries of their own. */
function look(artifact: string, path: string): Stats | undefined {
  try {
    return path === "." ? statSync(artifact, noThrow) : lstatSync(`${artifact}/${path}`, noThrow);
  } catch {
    // What can't be looked at is as good as gone.
    return undefined;
  }
}

const noThrow = { throwIfNoEntry: false } as const;

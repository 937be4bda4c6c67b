import type { SizedDigest } from "./digest-file.ts";
import type { TreeDigest } from "./digest-tree.ts";
import type { StatEntry } from "./stat-record.ts";

/** The entries of a directory with what its larger files were digested to: of a small one that is had as fast again. */
export function withDigests(entries: readonly StatEntry[], digested: SizedDigest | TreeDigest): readonly StatEntry[] {
  if (!("entries" in digested)) return entries;
  const digests = new Map(
    digested.entries.flatMap((entry) =>
      entry.type === "file" && entry.size >= WORTH_KEEPING ? [[entry.path, entry.digest]] : [],
    ),
  );
  if (digests.size === 0) return entries;
  return entries.map((entry) => {
    const digest = digests.get(entry.path);
    return digest === undefined ? entry : { ...entry, digest };
  });
}

const WORTH_KEEPING = 64 * 1024;

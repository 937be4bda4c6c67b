import { setImmediate } from "node:timers/promises";
import { canonicalJson } from "../canonical-json.ts";
import type { Digest } from "../schema/digest.ts";
import { digestBytes } from "./digest-bytes.ts";
import { digestKnownFile, type SizedDigest } from "./digest-file.ts";
import { type TreeItem, walkTree } from "./walk-tree.ts";

/** What a tree's digest says of one entry. `exec` is there, and true, only where the owner may execute the file. */
export type TreeEntry =
  | {
      readonly path: string;
      readonly type: "file";
      readonly exec?: true;
      readonly size: number;
      readonly digest: Digest;
    }
  | { readonly path: string; readonly type: "directory" }
  | { readonly path: string; readonly type: "link"; readonly target: string };

export interface TreeDigest extends SizedDigest {
  /** Sorted by the UTF-8 bytes of the paths; the root is not listed. */
  readonly entries: readonly TreeEntry[];
}

/**
 * The digest of a directory tree: SHA-256 of the line `orchestrate.tree/1` and the canonical JSON of its entries
 * (docs/formats/digests.md). Times, owners and modes other than the owner's exec bit don't enter.
 *
 * @throws ManifestError `link-leaves-tree`, `unsupported-file-type` or `name-not-utf8` (input), or of category io.
 */
export async function digestTree(directory: string): Promise<TreeDigest> {
  return digestItems(directory, walkTree(directory));
}

/**
 * The digest of a tree that was walked already.
 *
 * @param known gives the digest of a file that need not be read.
 */
export async function digestItems(
  root: string,
  items: readonly TreeItem[],
  known: (item: TreeItem) => Digest | undefined = () => undefined,
): Promise<TreeDigest> {
  const entries = new Array<TreeEntry>(items.length);
  const waiting = items.entries();
  const lane = async () => {
    for (const [at, item] of waiting) {
      if (at % between === between - 1) await setImmediate();
      entries[at] = await entryOf(root, item, known(item));
    }
  };
  // One large file is read while another is hashed.
  await Promise.all([lane(), lane()]);
  const size = entries.reduce((sum, entry) => sum + (entry.type === "file" ? entry.size : 0), 0);
  return { digest: digestBytes(`${domain}\n${canonicalJson(entries)}`), size, entries };
}

const domain = "orchestrate.tree/1";
/** Small files are read synchronously; after so many, others get their turn. */
const between = 64;

async function entryOf(root: string, item: TreeItem, known: Digest | undefined): Promise<TreeEntry> {
  const { path, type, stats } = item;
  switch (type) {
    case "file": {
      const { digest, size } =
        known === undefined
          ? await digestKnownFile(`${root}/${path}`, stats.size)
          : { digest: known, size: stats.size };
      return { path, type, ...((stats.mode & 0o100) === 0 ? {} : { exec: true }), size, digest };
    }
    case "directory":
      return { path, type };
    case "link":
      return { path, type, target: item.target };
  }
}

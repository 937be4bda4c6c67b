import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * The bytes on disk that come back when all of these trees are deleted. A file that has a hard link elsewhere gives
 * none back; what reflinks share can't be told and counts in full.
 */
export function roomOnDisk(trees: readonly string[]): number {
  const shared = new Map<string, { readonly bytes: number; missing: number }>();
  let bytes = 0;
  const open = [...trees];
  for (const path of open) {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) continue;
    const size = stats.blocks * BLOCK;
    if (stats.isDirectory()) for (const name of readdirSync(path)) open.push(join(path, name));
    if (stats.isDirectory() || stats.nlink === 1) bytes += size;
    else {
      const file = `${stats.dev}:${stats.ino}`;
      const links = shared.get(file) ?? { bytes: size, missing: stats.nlink };
      links.missing -= 1;
      shared.set(file, links);
    }
  }
  for (const links of shared.values()) if (links.missing === 0) bytes += links.bytes;
  return bytes;
}

/** The unit of `stat`'s blocks, whatever the file system's own is (stat(2)). */
const BLOCK = 512;

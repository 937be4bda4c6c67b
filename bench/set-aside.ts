import { existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Takes a file or directory out of the way without deleting it. For a minute or more after many files were deleted,
 * ext4 searches long for each new inode (`recently_deleted` in fs/ext4/ialloc.c), and what is timed next would pay for
 * it.
 */
export function setAside(path: string): void {
  if (!existsSync(path)) return;
  const aside = join(dirname(path), ".aside");
  mkdirSync(aside, { recursive: true });
  renameSync(path, join(aside, `${readdirSync(aside).length}`));
}

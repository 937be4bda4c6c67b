import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";

/** One entry below a directory. */
export interface EntryBelow {
  /** Relative to the directory, with `/`. */
  readonly path: string;
  readonly entry: Dirent;
}

/**
 * All entries below a directory, at any depth, sorted by path. Symbolic links stand among them and are not followed, as
 * Node's own recursive listing would.
 */
export function entriesBelow(directory: string): EntryBelow[] {
  return readdirSync(directory, { withFileTypes: true })
    .flatMap((entry): EntryBelow[] => {
      // Where a name is no UTF-8 there is nothing at what it reads as.
      const below =
        entry.isDirectory() && !entry.name.includes("\ufffd") ? entriesBelow(join(directory, entry.name)) : [];
      return [{ path: entry.name, entry }, ...below.map((each) => ({ ...each, path: `${entry.name}/${each.path}` }))];
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

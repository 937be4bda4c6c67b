import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** A directory and those above it, as far as `end`, the root of a git repository, or the root of the file system. */
export function* directoriesUpwards(from: string, end: string): Generator<string> {
  let directory = resolve(from);
  for (;;) {
    yield directory;
    const above = dirname(directory);
    if (above === directory || directory === end || existsSync(join(directory, ".git"))) return;
    directory = above;
  }
}

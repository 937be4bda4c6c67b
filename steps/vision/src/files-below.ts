import { readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * The files below a directory, at any depth, relative to it, POSIX, sorted. Symbolic links stand among them and are not
 * followed, as Node's own recursive listing would.
 */
export function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory()
        ? filesBelow(join(directory, entry.name)).map((path) => `${entry.name}/${path}`)
        : [entry.name],
    )
    .sort();
}

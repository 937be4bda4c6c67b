import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { directoriesUpwards } from "../directories-upwards.ts";

/**
 * The plugins.json at `root` or above it, as far as the repository's root or the home directory. `onLook` is told of
 * every path that decides it.
 */
export function findPluginsFile(root: string, onLook: (path: string) => void = () => {}): string | undefined {
  for (const directory of directoriesUpwards(root, homedir())) {
    const file = join(directory, "plugins.json");
    onLook(file);
    if (existsSync(file)) return file;
    // A repository's root would end the search.
    onLook(join(directory, ".git"));
  }
  return undefined;
}

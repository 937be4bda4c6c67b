import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { directoriesUpwards } from "../directories-upwards.ts";

/** The plugins.json at `root` or above it, as far as the repository's root or the home directory. */
export function findPluginsFile(root: string): string | undefined {
  for (const directory of directoriesUpwards(root, homedir())) {
    const file = join(directory, "plugins.json");
    if (existsSync(file)) return file;
  }
  return undefined;
}

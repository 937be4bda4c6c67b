import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The paths of all files of a directory and the directories in it. */
export function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

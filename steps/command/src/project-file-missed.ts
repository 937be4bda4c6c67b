import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * A file of the project that a command looked for in its working directory, by its last lines: it runs in a directory
 * of its own, where a relative path leads to nothing.
 */
export function projectFileMissed(
  lines: readonly string[],
  project: string,
  directory = process.cwd(),
): string | undefined {
  return lines
    .filter((line) => MISSED.test(line))
    .flatMap((line) => line.replaceAll(`${directory}/`, "").split(/[\s'"`‘’“”:,;()[\]<>=]+/))
    .find((path) => isRelativePath(path) && existsSync(join(project, path)) && !existsSync(join(directory, path)));
}

/** How shells and the runtimes of languages say that a file is not there. */
const MISSED = /no such file|not found|cannot find|can't (?:find|open)|cannot open|ENOENT/i;

function isRelativePath(path: string): boolean {
  return /^[^/~$-]/.test(path) && path.split("/").every((part) => part !== "..") && path !== ".";
}

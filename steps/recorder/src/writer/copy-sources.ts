import { copyFileSync, mkdirSync, statSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";

/**
 * Copies the sources that a trace refers to below `directory`, each under its path. What is no file any more is left
 * out.
 */
export function copySources(paths: readonly string[], directory: string): void {
  for (const path of paths) {
    if (!isAbsolute(path) || !isFile(path)) continue;
    const to = join(directory, path);
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(path, to);
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

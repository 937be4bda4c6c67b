import { globSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * The data files at a path, sorted: the path itself, or what fits the patterns anywhere below a directory. A directory
 * that is named like a file, as Spark writes them, is none.
 */
export function fileList(path: string, patterns: readonly string[]): readonly string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (stat.isFile()) return [path];
  return patterns
    .flatMap((pattern) => globSync(`**/${pattern}`, { cwd: path }))
    .sort()
    .map((name) => join(path, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isDirectory() !== true);
}

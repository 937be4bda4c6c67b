import type { Stats } from "node:fs";

/** What stands somewhere, in words. */
export function fileType(stats: Stats): string {
  if (stats.isFile()) return "a file";
  if (stats.isDirectory()) return "a directory";
  return stats.isSymbolicLink() ? "a symbolic link" : "neither a file nor a directory";
}

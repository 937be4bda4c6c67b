import { lstatSync, readdirSync, rmSync } from "node:fs";
import { ioError } from "../io-error.ts";

/**
 * Deletes what lies in a staging directory beside the outputs, and returns what that was: POSIX, relative, sorted, a
 * directory with a final `/`. What is inside of a directory output belongs to it.
 */
export function removeExtras(staging: string, outputs: readonly string[]): string[] {
  const extras = findExtras(staging, outputs);
  for (const extra of extras) {
    try {
      rmSync(`${staging}/${extra}`, { recursive: true });
    } catch (error) {
      throw ioError(error, "remove the undeclared", `${staging}/${extra}`);
    }
  }
  return extras;
}

/** Finds them without deleting. */
export function findExtras(root: string, outputs: readonly string[]): string[] {
  const parents = new Set(outputs.flatMap(parentsOf));
  const kept = new Set(outputs);
  const extras: string[] = [];
  const search = (below: string) => {
    for (const name of list(`${root}/${below}`)) {
      const path = below + name;
      if (kept.has(path)) continue;
      const directory = isDirectory(`${root}/${path}`);
      if (directory && parents.has(path)) search(`${path}/`);
      else extras.push(directory ? `${path}/` : path);
    }
  };
  search("");
  return extras.sort();
}

/** `a/b/c` has the parents `a` and `a/b`. */
export function parentsOf(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    throw ioError(error, "list", directory);
  }
}

function isDirectory(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

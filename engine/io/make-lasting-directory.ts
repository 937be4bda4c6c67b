import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { syncPath } from "./sync-path.ts";

/**
 * Makes a directory and all that are missing above it, so that a power cut can't take them away again. What is there
 * already costs nothing.
 *
 * @throws Error of the file system.
 */
export function makeLastingDirectory(path: string): void {
  if (isDirectory(path)) return;
  const parent = dirname(path);
  // Node's own recursion never ends where nothing can be made and the system says that something is missing, as in
  // /proc.
  if (!existsSync(parent)) makeLastingDirectory(parent);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!isDirectory(path)) throw error;
  }
  syncPath(parent);
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { syncPath } from "./sync-path.ts";

/**
 * Makes a directory and all that are missing above it, so that a power cut can't take them away again. What is there
 * already costs nothing.
 *
 * @throws Error of the file system.
 */
export function makeLastingDirectory(path: string): void {
  const first = mkdirSync(path, { recursive: true });
  if (first === undefined) return;
  for (let made = path; made.length >= first.length; made = dirname(made)) syncPath(dirname(made));
}

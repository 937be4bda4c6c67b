import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * Every file of a package with its size and time, by absolute path; what is installed in it and hidden files are left
 * out.
 */
export function filesBelow(directory: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const waiting = [directory];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      if (entry.name === "node_modules" || entry.name.startsWith(".")) continue;
      const path = join(at, entry.name);
      if (entry.isDirectory()) waiting.push(path);
      else if (entry.isFile()) files.set(path, stampOf(path));
    }
  }
  return files;
}

function stampOf(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${size} ${mtimeMs}`;
}

import { basename, join, relative } from "node:path";
import type { Invocation } from "./invocation.ts";

/**
 * The word by which a command that is called from the same place finds a run: its name, where it lies in `runs` there;
 * else its directory, since a command without options would look elsewhere.
 */
export function runWord({ cwd }: Pick<Invocation, "cwd">, directory: string): string {
  const path = relative(cwd, directory) || ".";
  const name = basename(directory);
  return path === join("runs", name) ? name : path;
}

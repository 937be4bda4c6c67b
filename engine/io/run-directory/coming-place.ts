import { readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Digest, errnoOf } from "@orchestrate/manifests";
import { versionName } from "./published-version.ts";

/**
 * A place beside `to` that is this process's own, where nothing stands: what is to be published is made there, and then
 * renamed. What killed processes left in such places is removed.
 */
export function comingPlace(to: string, version: Digest): string {
  const directory = dirname(to);
  for (const name of readdirSync(directory)) {
    const owner = ownerOf(name, basename(to));
    if (owner !== undefined && isGone(owner)) rmSync(join(directory, name), { recursive: true, force: true });
  }
  return join(directory, `${versionName(to, version)}.${process.pid}.coming`);
}

function ownerOf(name: string, published: string): number | undefined {
  const prefix = `.${published}.`;
  if (!name.startsWith(prefix)) return undefined;
  const match = /^[0-9a-f]{16}\.(\d+)\.coming$/.exec(name.slice(prefix.length));
  return match === null ? undefined : Number(match[1]);
}

/** This process has begun nothing yet: what bears its number is of an earlier one. */
function isGone(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return errnoOf(error) === "ESRCH";
  }
}

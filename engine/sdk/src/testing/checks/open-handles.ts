import { readdirSync, readlinkSync } from "node:fs";
import { type Check, verdict } from "./check.ts";

/** How many turns of the event loop a handle that is being closed gets. */
const TURNS = 100;

/** How many of each kind of resource keep the process alive, as `process.getActiveResourcesInfo` names them. */
export function openHandles(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/** A warm worker runs many attempts, and each would add what it leaves open. */
export async function checkOpenHandles(before: ReadonlyMap<string, number>, root: string): Promise<Check> {
  for (let turn = 0; turn < TURNS && (moreThan(before).length > 0 || openFiles(root).length > 0); turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  return verdict(
    "open-handles",
    [
      ...moreThan(before).map((kind) => `A resource of kind ${kind} stays open.`),
      ...openFiles(root).map((path) => `The file ${path} stays open.`),
    ],
    "Nothing stays open.",
  );
}

function moreThan(before: ReadonlyMap<string, number>): string[] {
  return [...openHandles()].filter(([kind, count]) => count > (before.get(kind) ?? 0)).map(([kind]) => kind);
}

/** Node does not count plain descriptors; Linux lists them. */
function openFiles(root: string): string[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc/self/fd")
    .map(target)
    .filter((path) => path.startsWith(`${root}/`));
}

function target(descriptor: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    // The descriptor by which the directory itself was listed is gone by now.
    return "";
  }
}

import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { type Check, verdict } from "./check.ts";

/** How many turns of the event loop a handle that is being closed gets. */
const TURNS = 100;

/** What a process holds. */
export interface OpenHandles {
  /** How many of each kind of resource keep the process alive, as `process.getActiveResourcesInfo` names them. */
  readonly kinds: ReadonlyMap<string, number>;
  /** Ids of child processes; none where the system does not list them. */
  readonly children: ReadonlySet<string>;
}

export function openHandles(): OpenHandles {
  const kinds = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return { kinds, children: new Set(liveChildren()) };
}

/** A warm worker runs many attempts, and each would add what it leaves open. @param root whose files must be closed */
export async function checkOpenHandles(before: OpenHandles, root: string): Promise<Check> {
  for (let turn = 0; turn < TURNS && problems(before, root).length > 0; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  return verdict("open-handles", problems(before, root), "Nothing stays open.");
}

function problems(before: OpenHandles, root: string): string[] {
  const { kinds, children } = openHandles();
  const more = [...kinds].filter(([kind, count]) => count > (before.kinds.get(kind) ?? 0)).map(([kind]) => kind);
  return [
    ...more.map((kind) => `A resource of kind ${kind} stays open: close it before \`run\` returns.`),
    ...openFiles(root).map((path) => `The file ${path} stays open: close it before \`run\` returns.`),
    ...[...children]
      .filter((id) => !before.children.has(id))
      .map((id) => `The child process ${id} (${nameOf(id)}) lives on: wait for it before \`run\` returns.`),
  ];
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

/** Children of all threads. One that Node does not wait for, being detached, counts as well. */
function liveChildren(): string[] {
  const threads = "/proc/self/task";
  if (!existsSync(threads)) return [];
  return readdirSync(threads)
    .flatMap((thread) => read(`${threads}/${thread}/children`).split(" "))
    .filter((id) => id !== "" && !/\) [ZX] /.test(read(`/proc/${id}/stat`)));
}

function nameOf(child: string): string {
  return read(`/proc/${child}/comm`).trim();
}

/** Empty where a thread or a process has just ended. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

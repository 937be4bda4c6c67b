import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setImmediate as turn } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { type Check, verdict } from "./check.ts";

/** How many turns of the event loop a handle that is being closed gets. */
const TURNS = 100;

/** What a process holds. */
export interface OpenHandles {
  /** How many of each kind of resource keep the process alive, as `process.getActiveResourcesInfo` names them. */
  readonly kinds: ReadonlyMap<string, number>;
  /** How many descriptors lead to each file, by path; none where the system does not list them. */
  readonly files: ReadonlyMap<string, number>;
  /** Ids of child processes; none where the system does not list them. */
  readonly children: ReadonlySet<string>;
}

/** What is open before a part is used, and the threads that it starts. */
export interface HandleWatch {
  /** A warm worker runs many attempts, and each would add what it leaves open. To be asked once, in the end. */
  check(): Promise<Check>;
}

/** @param closing when all must be closed, as an author writes it */
export async function watchHandles(closing: "before `run` returns" | "in `dispose`"): Promise<HandleWatch> {
  // Node lists no threads among its active resources, and tells of one in the turn after that in which it began.
  await turn();
  const before = openHandles();
  const threads = new Set<Worker>();
  const follow = (thread: Worker) => {
    threads.add(thread);
    thread.once("exit", () => threads.delete(thread));
  };
  process.on("worker", follow);
  const found = () => [
    ...[...threads].map(() => `A thread lives on: end it ${closing}.`),
    ...problems(before, closing),
  ];
  return {
    check: async () => {
      await turn();
      for (let turns = 1; turns < TURNS && found().length > 0; turns += 1) await turn();
      process.off("worker", follow);
      return verdict("open-handles", found(), "Nothing stays open.");
    },
  };
}

function openHandles(): OpenHandles {
  return {
    kinds: counted(process.getActiveResourcesInfo()),
    files: counted(openFiles()),
    children: new Set(liveChildren()),
  };
}

function problems(before: OpenHandles, closing: string): string[] {
  const { kinds, files, children } = openHandles();
  return [
    ...more(kinds, before.kinds).map((kind) => `A resource of kind ${kind} stays open: close it ${closing}.`),
    ...more(files, before.files).map((path) => `The file ${path} stays open: close it ${closing}.`),
    ...[...children]
      .filter((id) => !before.children.has(id))
      .map((id) => `The child process ${id} (${nameOf(id)}) lives on: wait for it ${closing}.`),
  ];
}

function counted(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function more(counts: ReadonlyMap<string, number>, before: ReadonlyMap<string, number>): readonly string[] {
  return [...counts].filter(([name, count]) => count > (before.get(name) ?? 0)).map(([name]) => name);
}

/**
 * Node does not count plain descriptors; Linux lists them. Devices, and what the system tells of itself, are no files.
 */
function openFiles(): string[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc/self/fd")
    .map(target)
    .filter((path) => path.startsWith("/") && !/^\/(dev|proc|sys)\//.test(path));
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

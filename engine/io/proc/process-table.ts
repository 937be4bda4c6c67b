import { readdirSync, readFileSync } from "node:fs";

/** A process as /proc tells of it. Times are in clock ticks since boot, sizes in pages. */
export interface ProcessStat {
  readonly parent: number;
  readonly group: number;
  /** Page faults of children that ended and were waited for: it grows with every one. */
  readonly childFaults: number;
  readonly start: number;
  readonly residentPages: number;
}

/** Reads /proc/PID/stat (proc_pid_stat(5)); undefined where the process is gone, or on a system without /proc. */
export function processStat(pid: number): ProcessStat | undefined {
  const text = readQuietly(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  // The second field is the command in parentheses, and may hold any character.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z" || fields[0] === "X") return undefined;
  const at = (field: number) => Number(fields[field - 3]);
  return { parent: at(4), group: at(5), childFaults: at(11), start: at(22), residentPages: at(24) };
}

/**
 * What tells whether a process has started children: the page faults of those that ended, which grow with every one, and
 * those that are there. Undefined where the system does not tell. Only the main thread's children are read, which costs a
 * tenth of reading them all: the kernel gives the children of a thread that ended to the main one, and a thread that
 * still lives is told by the worker itself.
 */
export function childrenMark(pid: number): string | undefined {
  const stat = processStat(pid);
  const children = readQuietly(`/proc/${pid}/task/${pid}/children`);
  return stat === undefined || children === undefined ? undefined : `${stat.childFaults} ${children}`;
}

/**
 * The ids of processes whose environment at their start held `ORCHESTRATE_ATTEMPT=` and this name; of a name that ends in
 * `/`, all that begin with it.
 */
export function processesOfAttempt(name: string): readonly number[] {
  const wanted = `ORCHESTRATE_ATTEMPT=${name}`;
  const isWanted = (entry: string) => (name.endsWith("/") ? entry.startsWith(wanted) : entry === wanted);
  return processIds().filter((pid) => {
    if (pid === process.pid) return false;
    const environment = readQuietly(`/proc/${pid}/environ`);
    return environment?.includes(wanted) === true && environment.split("\0").some(isWanted);
  });
}

/** The ids of a group's members without its leader. */
export function followersIn(group: number): readonly number[] {
  return processIds().filter((pid) => pid !== group && processStat(pid)?.group === group);
}

/** The memory of a process group in MiB, shared pages counted once for each process. */
export function residentMemory(group: number): number {
  const pages = processIds()
    .map(processStat)
    .filter((stat) => stat?.group === group)
    .reduce((sum, stat) => sum + stat!.residentPages, 0);
  return (pages * 4096) / 2 ** 20;
}

/** Tells boots apart: a process id and start time mean nothing after another boot. */
export function bootId(): string | null {
  return readQuietly("/proc/sys/kernel/random/boot_id")?.trim() ?? null;
}

function processIds(): readonly number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** A process may end between listing and reading, and another user's can't be read: both are none of ours. */
function readQuietly(path: string): string | undefined {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return undefined;
  }
}

import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";

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
  return parseProcessStat(readQuietly(`/proc/${pid}/stat`));
}

/** The text of /proc/PID/stat; undefined where it tells of no process that lives. */
export function parseProcessStat(text: string | undefined): ProcessStat | undefined {
  if (text === undefined) return undefined;
  // The second field is the command in parentheses, and may hold any character.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z" || fields[0] === "X") return undefined;
  const at = (field: number) => Number(fields[field - 3]);
  return { parent: at(4), group: at(5), childFaults: at(11), start: at(22), residentPages: at(24) };
}

/** Which processes belong to an attempt. */
export interface Kin {
  /** The name in ORCHESTRATE_ATTEMPT at their start; of one that ends in `/`, all that begin with it. */
  readonly attempt: string;
  /** A process group whose members without its leader belong to it as well. */
  readonly group?: number;
  /** What `lastProcessId` was before the attempt began: only later processes are looked at. */
  readonly since?: number | undefined;
}

/** The ids of the processes that belong to an attempt. */
export function processesOf({ attempt, group, since }: Kin): readonly number[] {
  const wanted = `ORCHESTRATE_ATTEMPT=${attempt}`;
  const isWanted = (entry: string) => (attempt.endsWith("/") ? entry.startsWith(wanted) : entry === wanted);
  return processIds(since).filter((pid) => {
    if (pid === process.pid || pid === group) return false;
    const environment = readQuietly(`/proc/${pid}/environ`);
    if (environment?.includes(wanted) === true && environment.split("\0").some(isWanted)) return true;
    return group !== undefined && processStat(pid)?.group === group;
  });
}

/** The runs that living processes belong to, by their names. */
export function runsOfProcesses(): ReadonlySet<string> {
  const runs = processIds().flatMap((pid) => {
    const [, run] = /(?:^|\0)ORCHESTRATE_ATTEMPT=([^/\0]+)\//.exec(readQuietly(`/proc/${pid}/environ`) ?? "") ?? [];
    return run === undefined ? [] : [run];
  });
  return new Set(runs);
}

/** Where the system tells of its load, and of the newest process; see proc_loadavg(5). */
export const LOADS = "/proc/loadavg";

/**
 * The id that was given to the newest process or thread; undefined where the system does not tell.
 *
 * @param loads the text of `LOADS`
 */
export function lastProcessId(loads = readQuietly(LOADS)): number | undefined {
  const last = Number(loads?.trim().split(" ").at(-1));
  return Number.isInteger(last) ? last : undefined;
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

/**
 * Tells apart whose ids are meant: a container counts its own; see pid_namespaces(7). Null where the system does not
 * tell.
 */
export function processNamespace(): string | null {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return null;
  }
}

/** Beyond so many new ids, listing them all is cheaper than trying each. */
const MOST_TRIED = 500;

/** All ids, or those given since; where the count has begun anew meanwhile, all. */
function processIds(since?: number): readonly number[] {
  const last = since === undefined ? undefined : lastProcessId();
  if (since !== undefined && last !== undefined && last >= since && last - since <= MOST_TRIED) {
    const given = Array.from({ length: last - since }, (_, index) => since + 1 + index);
    return given.filter((id) => existsSync(`/proc/${id}`) && isProcess(id));
  }
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/**
 * Ids are given to threads as well, which have a directory that is not listed; their process is told in
 * proc_pid_status(5).
 */
function isProcess(id: number): boolean {
  return readQuietly(`/proc/${id}/status`)?.includes(`\nTgid:\t${id}\n`) === true;
}

/** A process may end between listing and reading, and another user's can't be read: both are none of ours. */
function readQuietly(path: string): string | undefined {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return undefined;
  }
}

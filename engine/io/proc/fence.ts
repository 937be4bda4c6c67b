import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { errnoOf, listPhases } from "@orchestrate/manifests";
import { bootId, type Kin, processesOf, processNamespace, processStat } from "./process-table.ts";

/**
 * What is written beside a staging directory before its step starts, so that a later engine can end what outlived it.
 */
interface Fence {
  /** The worker's process group, which has its own id. */
  readonly group: number;
  /** The group leader's start in clock ticks since boot; null where the system does not tell. */
  readonly start: number | null;
  readonly boot: string | null;
  /** Of process ids. In another container the same id is another's. */
  readonly namespace: string | null;
}

/** The text of a worker's fence: the same for all its attempts. */
export function fenceText(group: number): string {
  const start = processStat(group)?.start ?? null;
  const fence: Fence = { group, start, boot: bootId(), namespace: processNamespace() };
  return `${JSON.stringify(fence)}\n`;
}

/** Writes the fence of an attempt beside its staging directory. */
export function writeFence(staging: string, text: string): void {
  writeFileSync(`${staging}.fence.json`, text);
}

/**
 * Tells by the fence's time that an attempt has begun: a message would wake the engine for what it needs only if the
 * worker dies.
 */
export function markBegun(staging: string): void {
  utimesSync(`${staging}.fence.json`, 0, 0);
}

/** Whether a worker has begun with the attempt of a staging directory. */
export function hasBegun(staging: string): boolean {
  return statSync(`${staging}.fence.json`, { throwIfNoEntry: false })?.mtimeMs === 0;
}

/** For an attempt that has begun nothing which anybody would have to look for. */
export function removeFence(staging: string): void {
  rmSync(`${staging}.fence.json`, { force: true });
}

/** Kills a process group; one that is gone, or is another user's by now, is no error. */
export function killGroup(group: number): void {
  kill(-group);
}

/**
 * Kills every process that belongs to an attempt, wherever it has moved, until none is found. One that has left the
 * group and wiped its environment can't be found.
 */
export function killStragglers(kin: Kin): void {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const found = processesOf(kin);
    if (found.length === 0) return;
    for (const pid of found) kill(pid);
  }
}

/** Each looks for what was started while the ones before were killed. */
const MOST_ROUNDS = 20;

/** Ends all that a former engine of a run may have left. Only the holder of the run's lock may call it. */
export function fenceRun(runDirectory: string, run: string): void {
  for (const { directory } of listPhases(runDirectory)) {
    for (const name of readdirSync(directory)) {
      if (/^attempt-\d+\.fence\.json$/.test(name)) fenceGroup(`${directory}/${name}`);
    }
  }
  killStragglers({ attempt: `${run}/` });
}

/** A group is killed only while its leader is the process that was written down. */
function fenceGroup(path: string): void {
  const fence = readFence(path);
  if (fence === undefined || fence.boot === null) return;
  if (fence.boot !== bootId() || fence.namespace !== processNamespace()) return;
  if (processStat(fence.group)?.start === fence.start || leaderIsGone(fence.group)) killGroup(fence.group);
}

/** The id of a group stays taken while it has members, so that a group without its leader is still the old one. */
function leaderIsGone(group: number): boolean {
  return existsSync("/proc/self") && processStat(group) === undefined;
}

function readFence(path: string): Fence | undefined {
  try {
    const fence = JSON.parse(readFileSync(path, "utf8")) as Fence;
    // To the system, group 0 is one's own and group 1 is everybody.
    return Number.isInteger(fence.group) && fence.group > 1 ? fence : undefined;
  } catch {
    // Torn by the kill: its step had not started yet.
    return undefined;
  }
}

const NOT_OURS: ReadonlySet<string | undefined> = new Set(["ESRCH", "EPERM"]);

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (!NOT_OURS.has(errnoOf(error))) throw error;
  }
}

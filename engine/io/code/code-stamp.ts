import { type Stats, statSync } from "node:fs";
import { type StatRecord, sameStat } from "@orchestrate/manifests";
import { isSettled } from "../is-settled.ts";

/** What a path looked like when it was read; null where nothing was there. */
export interface CodeStamp {
  readonly path: string;
  readonly stat: StatRecord | null;
}

export function stampOf(path: string): CodeStamp {
  const stats = look(path);
  if (stats === undefined) return { path, stat: null };
  const { size, mtimeMs, ctimeMs, ino } = stats;
  return { path, stat: { size, mtimeMs, ctimeMs, ino } };
}

/** Whether every path still looks as it did. */
export function sameStamps(stamps: readonly CodeStamp[]): boolean {
  return stamps.every(({ path, stat }) => {
    const now = look(path);
    return stat === null || now === undefined ? stat === null && now === undefined : sameStat(stat, now);
  });
}

/**
 * Whether the times of all can tell a change since they were looked at, which was begun at `beganMs`; see `isSettled`.
 */
export function areSettled(stamps: readonly CodeStamp[], beganMs: number): boolean {
  return isSettled(
    stamps.flatMap(({ stat }) => stat ?? []),
    beganMs,
  );
}

/** What can't be looked at is not there: if it is needed, reading it says what is wrong. */
function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

import { statSync } from "node:fs";
import { type StatRecord, sameStat, statRecord } from "@orchestrate/manifests";

/** What a path looked like when it was read; null where nothing was there. */
export interface CodeStamp {
  readonly path: string;
  readonly stat: StatRecord | null;
}

export function stampOf(path: string): CodeStamp {
  return { path, stat: statSync(path, { throwIfNoEntry: false }) === undefined ? null : statRecord(path) };
}

/** Whether every path still looks as it did. */
export function sameStamps(stamps: readonly CodeStamp[]): boolean {
  return stamps.every(({ path, stat }) => {
    const now = stampOf(path).stat;
    return stat === null || now === null ? stat === now : sameStat(stat, now);
  });
}

/**
 * Whether times can tell a later change. A file system's clock moves in steps of some milliseconds: a file that was
 * written just now could be written again without its times showing it.
 */
export function isSettled(stamps: readonly CodeStamp[], nowMs: number): boolean {
  return stamps.every(({ stat }) => stat === null || stat.ctimeMs < nowMs - coarsestClockMs);
}

const coarsestClockMs = 20;

import { existsSync } from "node:fs";
import { AppendedLines } from "../../io/run-directory/appended-lines.ts";
import { eventsIn } from "../../io/run-directory/events-in.ts";
import { isLocked } from "../../io/run-directory/is-locked.ts";
import type { WatchDirectories } from "../../io/run-directory/watch-directories.ts";
import { instanceStatuses } from "./instance-status.ts";

export interface FollowedLog {
  readonly runDirectory: string;
  /** Of the phase instance; need not be there yet. */
  readonly phaseDirectory: string;
  /** `phase`, or `phase[key]`. */
  readonly id: string;
  readonly watch: WatchDirectories;
  line(text: string): void;
}

/** Gives every line of a phase's log, those to come as well, until the phase has ended or no engine drives the run. */
export async function followLog({ runDirectory, phaseDirectory, id, watch, line }: FollowedLog): Promise<void> {
  const log = new AppendedLines(`${phaseDirectory}/log.ndjson`);
  const journal = new AppendedLines(`${runDirectory}/events.ndjson`);
  let hasEnded = false;
  let wake = () => {};
  const watcher = watch([runDirectory, phaseDirectory], () => wake());
  try {
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      // Asked before the log is read: what a phase wrote before it ended is read after.
      const isDriven = isLocked(`${runDirectory}/run.lock`);
      const last = instanceStatuses(eventsIn(journal.next())).get(id);
      if (last !== undefined) hasEnded = last.status !== "begun";
      const isOver = !isDriven || hasEnded || existsSync(`${phaseDirectory}/manifest.json`);
      for (const text of log.next()) line(text);
      if (isOver) return;
      await changed;
    }
  } finally {
    watcher.close();
  }
}

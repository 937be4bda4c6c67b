import { dirname } from "node:path";
import type { JournalEvent } from "@orchestrate/manifests";
import { AppendedLines } from "../run-directory/appended-lines.ts";
import { eventsIn } from "../run-directory/events-in.ts";
import { watchDirectories } from "../run-directory/watch-directories.ts";

/** The events of a journal as they are written, from the first one on, until `ended` aborts and all are read. */
export async function* journalEvents(path: string, ended: AbortSignal): AsyncGenerator<JournalEvent> {
  const lines = new AppendedLines(path);
  let wake = () => {};
  const watcher = watchDirectories([dirname(path)], () => wake());
  ended.addEventListener("abort", () => wake());
  try {
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      // Asked before the lines are read: what was written before the end is read after.
      const isOver = ended.aborted;
      yield* eventsIn(lines.next());
      if (isOver) return;
      await changed;
    }
  } finally {
    watcher.close();
  }
}

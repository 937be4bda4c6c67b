import { closeSync, fstatSync, readSync } from "node:fs";
import type { JournalEvent } from "@orchestrate/manifests";
import { openIfThere } from "../../io/open-if-there.ts";
import { AppendedLines } from "../../io/run-directory/appended-lines.ts";
import { eventsIn } from "../../io/run-directory/events-in.ts";

/**
 * The events of a run, as far as they can be read: a torn last line is left out, and so is what is no event. They are
 * read as they are gone through, since a journal may be larger than memory.
 */
export function readJournal(runDirectory: string): Iterable<JournalEvent> {
  return eventsIn(new AppendedLines(`${runDirectory}/events.ndjson`).next());
}

/** The last of a run's events, from the end of the file alone. */
export function readLastEvent(runDirectory: string): JournalEvent | undefined {
  const [last] = eventsIn(readEnd(`${runDirectory}/events.ndjson`).split("\n").reverse());
  return last;
}

/** More than the longest event takes, whose detail may quote a program's last lines. */
const END = 64 * 1024;

function readEnd(path: string): string {
  const descriptor = openIfThere(path);
  if (descriptor === undefined) return "";
  try {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(END, size));
    readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString("utf8");
  } finally {
    closeSync(descriptor);
  }
}

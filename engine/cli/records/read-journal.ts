import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import type { JournalEvent } from "@orchestrate/manifests";
import { parseEvent } from "../../io/run-directory/parse-event.ts";

/** The events of a run, as far as they can be read: a torn last line is left out, and so is what is no event. */
export function readJournal(runDirectory: string): readonly JournalEvent[] {
  return eventsIn(readIfThere(`${runDirectory}/events.ndjson`, (path) => readFileSync(path, "utf8")) ?? "");
}

/** The last of a run's events, from the end of the file alone. */
export function readLastEvent(runDirectory: string): JournalEvent | undefined {
  return eventsIn(readIfThere(`${runDirectory}/events.ndjson`, readEnd) ?? "").at(-1);
}

/** More than the longest event takes, whose detail may quote a program's last lines. */
const END = 64 * 1024;

function readEnd(path: string): string {
  const descriptor = openSync(path, "r");
  try {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(END, size));
    readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString("utf8");
  } finally {
    closeSync(descriptor);
  }
}

function readIfThere(path: string, read: (path: string) => string): string | undefined {
  try {
    return read(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function eventsIn(text: string): readonly JournalEvent[] {
  return text.split("\n").flatMap((line) => {
    const event = parseEvent(line);
    return event === undefined ? [] : [event];
  });
}

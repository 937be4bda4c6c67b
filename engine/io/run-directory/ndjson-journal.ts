import { closeSync, fstatSync, openSync, readSync, writeSync } from "node:fs";
import type { JournalEvent } from "@orchestrate/manifests";
import type { Journal, NewEvent } from "../../run/ports/journal.ts";
import { openIfThere } from "../open-if-there.ts";

export interface JournalOptions {
  /** The path of events.ndjson. */
  readonly path: string;
  readonly now: () => number;
  /** Told of every event once it is written; what it throws breaks the run, so it must not. */
  readonly follow: (event: JournalEvent) => void;
  readonly beforePoint: (point: string) => void;
}

/**
 * Appends events to events.ndjson, one write each, so that a kill can tear the last line only. Where that fails, as on
 * a full disk, nothing more is written: `failed` aborts with the reason, and the run is to stop.
 */
export class NdjsonJournal implements Journal {
  readonly #options: JournalOptions;
  readonly #descriptor: number;
  readonly #failed = new AbortController();
  #isClosed = false;

  constructor(options: JournalOptions) {
    this.#options = options;
    const torn = endsTorn(options.path);
    this.#descriptor = openSync(options.path, "a");
    // A line that a kill cut short is closed, so that the next one stands on its own.
    if (torn) writeSync(this.#descriptor, "\n");
  }

  append(event: NewEvent): void {
    const stamped = { v: 1, time: new Date(this.#options.now()).toISOString(), ...event } as JournalEvent;
    this.#options.beforePoint(`journal:${event.type}:${"phase" in event ? event.phase : ""}`);
    if (this.failed.aborted || this.#isClosed) return;
    try {
      this.#write(`${JSON.stringify(stamped)}\n`);
    } catch (error) {
      this.#failed.abort(error);
      return;
    }
    this.#options.follow(stamped);
  }

  get failed(): AbortSignal {
    return this.#failed.signal;
  }

  /** Nothing is appended after that: the descriptor may be another file's. */
  close(): void {
    this.#isClosed = true;
    closeSync(this.#descriptor);
  }

  /** A disk that is nearly full takes a part, and says why only when asked for the rest. */
  #write(line: string): void {
    const bytes = Buffer.from(line);
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#descriptor, bytes, written);
  }
}

/** The last byte alone is read: a journal may be larger than what is read at once. */
function endsTorn(path: string): boolean {
  const descriptor = openIfThere(path);
  if (descriptor === undefined) return false;
  try {
    const last = Buffer.alloc(1);
    return readSync(descriptor, last, 0, 1, fstatSync(descriptor).size - 1) === 1 && last[0] !== 0x0a;
  } finally {
    closeSync(descriptor);
  }
}

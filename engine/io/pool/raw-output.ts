import { appendFileSync } from "node:fs";
import type { Readable } from "node:stream";
import { drained, lineReader } from "@orchestrate/sdk/runtime";

/** Where lines go that a worker's process writes past the step's log, as a native library does. */
export interface RawLog {
  readonly path: string;
  readonly attempt: number;
  readonly mask: (text: string) => string;
}

type Stream = "stdout" | "stderr";

/** What a worker's process writes past the step's log: it goes to the log of the attempt that is under way. */
export class RawOutput {
  readonly #streams: readonly Readable[];
  #log: RawLog | undefined;
  #lost: unknown;
  #stderr = "";

  constructor(from: Readonly<Record<Stream, Readable>>) {
    this.#streams = [from.stdout, from.stderr];
    this.#follow("stdout", from.stdout);
    this.#follow("stderr", from.stderr);
  }

  /** The last of what it wrote to standard error since a log was begun. */
  get stderr(): string {
    return this.#stderr;
  }

  /** Begins the log of an attempt: what a former one wrote is not told of this one. */
  begin(log: RawLog): void {
    this.#log = log;
    this.#lost = undefined;
    this.#stderr = "";
  }

  /** Ends the log, and gives why it lacks lines, as on a full disk; undefined where it lacks none. */
  end(): unknown {
    this.#log = undefined;
    return this.#lost;
  }

  /** Until all that a process which has ended wrote was taken. */
  drained(): Promise<void> {
    return drained(this.#streams);
  }

  #follow(stream: Stream, from: Readable): void {
    const lines = lineReader(
      (line) => this.#log?.mask(line) ?? line,
      (message) => this.#take(stream, message),
    );
    from.on("data", lines.push).on("error", () => {});
  }

  #take(stream: Stream, message: string): void {
    if (stream === "stderr") this.#stderr = `${this.#stderr}${message}\n`.slice(-4_096);
    if (this.#log === undefined) return;
    const line = { time: new Date().toISOString(), attempt: this.#log.attempt, stream, message };
    try {
      appendFileSync(this.#log.path, `${JSON.stringify(line)}\n`);
    } catch (error) {
      this.#lost ??= error;
    }
  }
}

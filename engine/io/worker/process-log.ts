import { closeSync, openSync, writeSync } from "node:fs";
import type { Log } from "@orchestrate/sdk";
import { fieldsText } from "@orchestrate/sdk/runtime";

/** One line of a phase's log.ndjson, or of a follower's log. */
export interface LogLine extends LogOrigin {
  readonly time: string;
  readonly stream: "stdout" | "stderr" | "log";
  readonly level?: "debug" | "info" | "warn" | "error";
  readonly message: string;
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** Which attempt of the phase, or which follower of the run it is that speaks. */
export interface LogOrigin {
  readonly attempt?: number;
  readonly follower?: string;
}

type Said = Omit<LogLine, "time" | keyof LogOrigin>;

/**
 * Appends to the log of a phase or a follower, opened with the first line. Every text passes the mask, names of fields
 * as well. Where the log can't be written, as on a full disk, the process goes on to whatever error that gives it; the
 * first such failure is kept for `failure`.
 */
export class ProcessLog {
  readonly #path: string;
  readonly #origin: LogOrigin;
  readonly #mask: (text: string) => string;
  #descriptor: number | undefined;
  #failure: unknown;
  #isClosed = false;

  constructor(path: string, origin: LogOrigin, mask: (text: string) => string) {
    this.#path = path;
    this.#origin = origin;
    this.#mask = mask;
  }

  /** What is written once the log is closed, by what the step left behind, is dropped. */
  write(line: Said): void {
    if (this.#isClosed) return;
    const text = this.#textOf(line);
    try {
      this.#descriptor ??= openSync(this.#path, "a");
      writeSync(this.#descriptor, `${text}\n`);
    } catch (error) {
      this.#failure ??= error;
    }
  }

  #textOf({ message, fields, ...rest }: Said): string {
    const time = new Date().toISOString();
    const head = JSON.stringify({ time, ...this.#origin, ...rest, message: this.#mask(message) });
    if (fields === undefined) return head;
    return `${head.slice(0, -1)},"fields":${fieldsText(fields, this.#mask)}}`;
  }

  /** Why lines are missing; undefined where none are. */
  get failure(): unknown {
    return this.#failure;
  }

  /** The log as a step sees it. */
  asLog(): Log {
    const at =
      (level: NonNullable<LogLine["level"]>) => (message: string, fields?: Readonly<Record<string, unknown>>) =>
        this.write({ stream: "log", level, message, ...(fields === undefined ? {} : { fields }) });
    return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
    this.#isClosed = true;
  }
}

import { closeSync, openSync, writeSync } from "node:fs";
import type { Log } from "@orchestrate/sdk";

/** One line of log.ndjson. */
export interface LogLine {
  readonly time: string;
  readonly attempt: number;
  readonly stream: "stdout" | "stderr" | "log";
  readonly level?: "debug" | "info" | "warn" | "error";
  readonly message: string;
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** Appends to a phase's log, opened with the first line. Every text passes the mask. */
export class AttemptLog {
  readonly #path: string;
  readonly #attempt: number;
  readonly #mask: (text: string) => string;
  #descriptor: number | undefined;

  constructor(path: string, attempt: number, mask: (text: string) => string) {
    this.#path = path;
    this.#attempt = attempt;
    this.#mask = mask;
  }

  write(line: Omit<LogLine, "time" | "attempt">): void {
    this.#descriptor ??= openSync(this.#path, "a");
    const text = JSON.stringify({ time: new Date().toISOString(), attempt: this.#attempt, ...line });
    writeSync(this.#descriptor, `${this.#mask(text)}\n`);
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
  }
}

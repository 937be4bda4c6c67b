import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Clock, Log } from "@orchestrate/sdk";
import type { Session } from "../session/open-session.ts";

export interface RecorderLogOptions {
  readonly session: Pick<Session, "id" | "policy">;
  readonly clock: Clock;
  readonly log: Log;
}

/** The recorder's own log: the phase's log, and where the policy names a file, that file of one JSON object a line. */
export class RecorderLog {
  readonly #options: RecorderLogOptions;
  readonly #lines: string[] = [];

  constructor(options: RecorderLogOptions) {
    this.#options = options;
  }

  /** What the tracer warns of, which is all that the recorder has to say. */
  warn(message: string): void {
    const { session, clock, log } = this.#options;
    const { log_level } = session.policy;
    if (log_level === "error" || log_level === "off") return;
    log.warn(message);
    this.#lines.push(
      JSON.stringify({ ts_micros: clock.now() * 1000, level: "warn", target: "tracer", run_id: session.id, message }),
    );
  }

  /** Writes the policy's log file below a directory. */
  keepIn(directory: string): void {
    const { log_file } = this.#options.session.policy;
    if (log_file === null) return;
    const path = join(directory, log_file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, this.#lines.map((line) => `${line}\n`).join(""));
  }
}

import { appendFileSync } from "node:fs";
import type { Clock, Log } from "@orchestrate/sdk";
import type { Policy } from "../policy/policy.ts";

const LEVELS = ["debug", "info", "warn", "error", "off"] as const;

type Level = Exclude<(typeof LEVELS)[number], "off">;

export interface RecorderLogOptions {
  readonly policy: Pick<Policy, "log_level">;
  readonly clock: Clock;
  readonly log: Log;
  readonly recordingId: string;
  /** The file for structured lines, absolute. */
  readonly file: string | undefined;
}

/** The recorder's own log: the phase's log, and where the policy names one, a file of one JSON object a line. */
export class RecorderLog {
  readonly #options: RecorderLogOptions;

  constructor(options: RecorderLogOptions) {
    this.#options = options;
  }

  /** `target` is the part of the recorder that says it. */
  write(level: Level, target: string, message: string, code?: string): void {
    const { policy, clock, log, recordingId, file } = this.#options;
    if (LEVELS.indexOf(level) < LEVELS.indexOf(policy.log_level)) return;
    log[level](message);
    if (file === undefined) return;
    const line = { ts_micros: clock.now() * 1000, level, target, run_id: recordingId, message, error_code: code };
    appendFileSync(file, `${JSON.stringify(line)}\n`);
  }
}

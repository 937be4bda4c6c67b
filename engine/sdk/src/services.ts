import { defineToken, type Token } from "./token.ts";

/** The machine's clocks, as a service so that tests can hold them. Always provided by the engine. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * Milliseconds with fractions since a point that stays the same, to tell how long something takes: it never goes
   * back.
   */
  monotonic(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason once `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const Clock: Token<Clock> = defineToken<Clock>("orchestrate/clock");

/** How a child process is started, and what hears of it. */
export interface SpawnOptions {
  /** Added to the allowed environment (see `Processes`). */
  readonly env?: Readonly<Record<string, string>>;
  /** The working directory; the staging directory where it is left out. */
  readonly cwd?: string;
  /** Written to the child's standard input, which is closed otherwise. */
  readonly input?: string | Uint8Array;
  /**
   * Called for every line of standard output and standard error, after secrets are masked. Every line is logged as
   * well.
   */
  readonly onLine?: (stream: "stdout" | "stderr", line: string) => void;
  /**
   * Called for every line that the child writes on descriptor 3, which is open for it when this is given, and then
   * named by its variable `ORCHESTRATE_EVENTS_FD`.
   */
  readonly onEvent?: (line: string) => void;
  /** Ends this child alone: when it aborts, the child gets SIGTERM. The attempt's own signal always does. */
  readonly signal?: AbortSignal;
}

/** How a child process ended. */
export interface ChildResult {
  /** The exit status, or null where a signal ended the child. */
  readonly status: number | null;
  readonly signal: string | null;
  /** The last lines of standard output and error, at most 20, secrets masked. */
  readonly tail: readonly string[];
}

/**
 * Child processes: logged line by line, killed with the attempt as a whole process group. Their environment is PATH,
 * HOME, TMPDIR, LANG, LC_*, TZ, what the phase allows by `env` and `secrets`, the `env` given here, and
 * `ORCHESTRATE_ATTEMPT`. Always provided by the engine.
 */
export interface Processes {
  /**
   * Runs `argv[0]` with the rest as its arguments, without a shell, and resolves when that process has ended and what
   * it wrote is read; a background process that it leaves behind is not waited for. When the attempt aborts, the child
   * gets SIGTERM. Rejects only where it could not be started: `program-not-found`, `program-not-executable`,
   * `working-directory-missing`, `program-not-started`, or the reason of an attempt that was aborted already.
   */
  run(argv: readonly string[], options?: SpawnOptions): Promise<ChildResult>;
}

export const Processes: Token<Processes> = defineToken<Processes>("orchestrate/processes");

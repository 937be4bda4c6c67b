import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import type { ChildResult, Processes, SpawnOptions } from "../services.ts";
import { childEnvironment } from "./child-environment.ts";
import { drained } from "./drained.ts";
import { type LineReader, lineReader } from "./line-reader.ts";
import { spawnError } from "./spawn-error.ts";

/** What the child processes of one attempt have in common. */
export interface ProcessesOptions {
  /** `run/phase/n`, which every child inherits as ORCHESTRATE_ATTEMPT, so that it can be found and ended. */
  readonly attempt: string;
  /** The environment to take the always allowed variables from: `process.env`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What the phase allows by `env` and `secrets`. */
  readonly allowed: Readonly<Record<string, string>>;
  /** Replaces secrets in one line of text. */
  readonly mask: (line: string) => string;
  /** Takes every line, masked, for the phase's log. */
  readonly write: (stream: "stdout" | "stderr", line: string) => void;
  /** The attempt's signal. */
  readonly signal: AbortSignal;
}

/**
 * The engine's `Processes`. Children stay in the process group of their parent, so that ending the group ends them.
 *
 * It stands on `node:child_process`: for short commands execa costs a quarter more, and the engine's overhead over a
 * bare spawn is a promise.
 */
export function createProcesses(options: ProcessesOptions): Processes {
  return { run: (argv, spawnOptions = {}) => run(options, argv, spawnOptions) };
}

/** How many of the last lines a result keeps. */
const TAIL = 20;

async function run(common: ProcessesOptions, argv: readonly string[], options: SpawnOptions): Promise<ChildResult> {
  common.signal.throwIfAborted();
  const child = await start(common, argv, options);
  const tail: string[] = [];
  const guard = callbackGuard();
  const readers = [
    reader(child.stdout, common.mask, (line) => accept("stdout", line)),
    reader(child.stderr, common.mask, (line) => accept("stderr", line)),
    ...(options.onEvent ? [reader(child.stdio[3] as Readable, common.mask, guard.wrap(options.onEvent))] : []),
  ];
  const onLine = guard.wrap(options.onLine ?? (() => {}));

  function accept(stream: "stdout" | "stderr", line: string): void {
    tail.push(line);
    if (tail.length > TAIL) tail.shift();
    common.write(stream, line);
    onLine(stream, line);
  }

  const { status, signal } = await ended(child, options.signal ? [common.signal, options.signal] : [common.signal]);
  await drained(readers.map(({ stream }) => stream));
  for (const { lines } of readers) lines.end();
  guard.rethrow();
  return { status, signal, tail };
}

function start(common: ProcessesOptions, argv: readonly string[], options: SpawnOptions): Promise<ChildProcess> {
  const [program = "", ...rest] = argv;
  return new Promise((resolve, reject) => {
    const env = childEnvironment(common, options);
    const fail = (error: unknown) => reject(spawnError(error, program, options.cwd, env.PATH));
    try {
      const child = spawn(program, rest, {
        cwd: options.cwd,
        env,
        stdio: [
          options.input === undefined ? "ignore" : "pipe",
          "pipe",
          "pipe",
          ...(options.onEvent ? ["pipe" as const] : []),
        ],
        windowsHide: true,
      });
      child.once("error", fail);
      if (child.pid === undefined) return;
      // A child that closes its input before all is written is free to do so.
      child.stdin?.on("error", () => {}).end(options.input);
      resolve(child);
    } catch (error) {
      fail(error);
    }
  });
}

function ended(
  child: ChildProcess,
  aborts: readonly AbortSignal[],
): Promise<{ readonly status: number | null; readonly signal: string | null }> {
  const terminate = () => child.kill("SIGTERM");
  for (const abort of aborts) {
    if (abort.aborted) terminate();
    abort.addEventListener("abort", terminate, { once: true });
  }
  return new Promise((resolve) => {
    child.once("exit", (status, signal) => {
      for (const abort of aborts) abort.removeEventListener("abort", terminate);
      resolve({ status, signal });
    });
  });
}

function reader(
  stream: Readable | null,
  mask: (line: string) => string,
  take: (line: string) => void,
): { readonly stream: Readable; readonly lines: LineReader } {
  if (stream === null) throw new TypeError("the child has no such stream.");
  const lines = lineReader(mask, take);
  stream.on("data", lines.push).on("error", () => {});
  return { stream, lines };
}

/** Keeps the first thing that a step's own callback throws until the child has ended. */
function callbackGuard() {
  const thrown: unknown[] = [];
  return {
    wrap:
      <A extends readonly unknown[]>(callback: (...values: A) => void) =>
      (...values: A): void => {
        try {
          callback(...values);
        } catch (error) {
          thrown.push(error);
        }
      },
    rethrow(): void {
      if (thrown.length > 0) throw thrown[0];
    },
  };
}

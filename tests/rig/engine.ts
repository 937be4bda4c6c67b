import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** How a command ended. */
export interface Ended {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface EngineOptions {
  readonly cwd: string;
  /** Added to this process's environment; undefined takes a variable out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A program and its arguments to start the command with, as `strace` or a shell. */
  readonly under?: readonly string[];
}

/** The Node that the project pins: an older one would start it beside itself, and a signal would miss the engine. */
const NODE = fileURLToPath(new URL("../../node_modules/node/bin/node", import.meta.url));
/** The built command. */
export const BIN = fileURLToPath(new URL("../../engine/bin/orchestrate.js", import.meta.url));

/** The built command line as a child process. */
export class Engine {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  readonly #watchers = new Set<() => void>();
  #stdout = "";
  #stderr = "";

  constructor(words: readonly string[], { cwd, env = {}, under = [] }: EngineOptions) {
    const [program, ...rest] = [...under, NODE, BIN, ...words] as [string, ...string[]];
    const child = spawn(program, rest, {
      cwd,
      env: { ...process.env, NO_COLOR: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    this.pid = child.pid ?? -1;
    child.stdout.setEncoding("utf8").on("data", (text: string) => this.#take({ stdout: text }));
    child.stderr.setEncoding("utf8").on("data", (text: string) => this.#take({ stderr: text }));
    this.ended = new Promise((resolve, reject) => {
      child.on("error", reject).on("close", (status, signal) => {
        resolve({ status, signal, stdout: this.#stdout, stderr: this.#stderr });
      });
    });
  }

  kill(signal: "SIGKILL" | "SIGINT" | "SIGTERM"): void {
    this.#child.kill(signal);
  }

  /** Resolves with the match once what was written so far holds the pattern. */
  said(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(this.#stdout + this.#stderr);
        if (match === null) return;
        this.#watchers.delete(look);
        resolve(match);
      };
      this.#watchers.add(look);
      void this.ended.then(() =>
        reject(new Error(`it ended without saying ${pattern}: ${this.#stdout}${this.#stderr}`)),
      );
      look();
    });
  }

  #take({ stdout = "", stderr = "" }: { readonly stdout?: string; readonly stderr?: string }): void {
    this.#stdout += stdout;
    this.#stderr += stderr;
    for (const look of [...this.#watchers]) look();
  }
}

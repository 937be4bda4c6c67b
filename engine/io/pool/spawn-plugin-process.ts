import { type ChildProcess, spawn } from "node:child_process";

/** What differs between processes that run plugins. */
export interface PluginProcess {
  /** The bundle that it runs, absolute, and before it options of Node's. */
  readonly args: readonly string[];
  /** Its working directory; this process's own where it is left out. */
  readonly cwd?: string;
  readonly output: readonly [stdout: "ignore" | "pipe", stderr: "ignore" | "pipe"];
}

/**
 * Starts a process that runs plugins: a process group of its own, with a channel for JSON. Its last pipe,
 * `ENGINE_PIPE`, is only held: that it ends tells the process that this one is gone.
 */
export function spawnPluginProcess({ args, cwd, output }: PluginProcess): ChildProcess {
  return spawn(process.execPath, args, {
    cwd,
    detached: true,
    env: allowedEnvironment(),
    serialization: "json",
    stdio: ["ignore", ...output, "ipc", "pipe"],
  });
}

/** An allow-list, so that nothing secret is in it. */
function allowedEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => ALLOWED.test(name)));
}

const ALLOWED = /^(PATH|HOME|TMPDIR|LANG|LC_.*|TZ|LD_LIBRARY_PATH|NODE_EXTRA_CA_CERTS|NODE_COMPILE_CACHE|SYSTEMROOT)$/;

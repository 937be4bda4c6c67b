import { spawnSync } from "node:child_process";

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** On top of this process's own. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end and returns what it printed. Throws with its words where it fails. */
export function runProgram({ command, args, cwd, env }: Program): string {
  const { status, signal, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env: env === undefined ? process.env : { ...process.env, ...env },
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (error !== undefined) throw error;
  if (status === 0) return stdout;
  const words = `${stdout.slice(-2000)}${stderr.slice(-2000)}`;
  throw new Error(`${command} ${args.join(" ")} ended with ${signal ?? status}:\n${words}`);
}

/** Whether a program is installed. */
export function isInstalled(command: string): boolean {
  return spawnSync(command, ["--version"], { stdio: "ignore" }).error === undefined;
}

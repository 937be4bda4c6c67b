import { spawnSync } from "node:child_process";

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** On top of this process's own. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Where strace is to write the system calls of the program and all that it starts; not traced where it is left out.
   */
  readonly trace?: string | undefined;
}

/** Runs a program to its end and returns what it printed. Throws with its words where it fails. */
export function runProgram({ command, args, cwd, env, trace }: Program): string {
  const [first, ...rest] = trace === undefined ? [command, ...args] : [...strace(trace), command, ...args];
  const { status, signal, stdout, stderr, error } = spawnSync(first!, rest, {
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

function strace(file: string): readonly string[] {
  return ["strace", "-f", "-y", "-qq", "-e", "trace=file,desc,process", "-o", file];
}

/** Whether a program is installed. */
export function isInstalled(command: string): boolean {
  return spawnSync(command, ["--version"], { stdio: "ignore" }).error === undefined;
}

import { readFileSync } from "node:fs";

/** Whether a process is there and runs; one that ended and was not yet waited for (a zombie) does not. */
export function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return false;
  }
}

/** Resolves once the process has ended. */
export async function died(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setImmediate(resolve));
}

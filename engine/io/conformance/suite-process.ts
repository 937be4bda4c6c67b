import type { ChildProcess } from "node:child_process";
import { spawnPluginProcess } from "../pool/spawn-plugin-process.ts";
import { killGroup } from "../proc/fence.ts";
import type { SuiteOrder, SuiteReport } from "./protocol.ts";

/** How a process ended that was given an order. */
export type SuiteEnding =
  | { readonly end: "report"; readonly report: SuiteReport }
  | { readonly end: "timeout"; readonly afterMs: number }
  | {
      readonly end: "exit";
      readonly status: number | null;
      readonly signal: string | null;
      /** The last line that it wrote to standard error. */
      readonly said: string;
    };

export interface SuiteProcess {
  /** The bundle of `serveSuite`, absolute. */
  readonly entry: string;
  /** Its working directory. */
  readonly cwd: string;
  readonly timeoutMs: number;
}

/** Carries an order out in a process and process group of its own, of which nothing is left in the end. */
export function runSuite(order: SuiteOrder, { entry, cwd, timeoutMs }: SuiteProcess): Promise<SuiteEnding> {
  return new Promise((resolve) => {
    const child = spawnPluginProcess({ args: [entry], cwd, output: ["ignore", "pipe"] });
    const timer = setTimeout(() => settle({ end: "timeout", afterMs: timeoutMs }), timeoutMs);
    const settle = (ending: SuiteEnding) => {
      clearTimeout(timer);
      end(child);
      resolve(ending);
    };
    const words = lastLine(child);
    child.on("error", (error) => settle({ end: "exit", status: null, signal: null, said: error.message }));
    child.on("message", (report) => settle({ end: "report", report: report as SuiteReport }));
    child.on("exit", (status, signal) => settle({ end: "exit", status, signal, said: words() }));
    child.send(order, () => {});
  });
}

function end(child: ChildProcess): void {
  if (child.pid !== undefined) killGroup(child.pid);
  for (const stream of child.stdio) stream?.destroy();
  if (child.connected) child.disconnect();
}

function lastLine(child: ChildProcess): () => string {
  let text = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    text = `${text}${chunk}`.slice(-4_096);
  });
  return () => text.trim().split("\n").at(-1) ?? "";
}

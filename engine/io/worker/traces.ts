import type { Worker } from "node:worker_threads";

/** What a step can leave behind in its process. */
export interface Traces {
  /** How many handles are open and threads alive, by kind. */
  open(): ReadonlyMap<string, number>;
  environment(): Environment;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Looks at the current process. Node lists no threads among its active resources (process.getActiveResourcesInfo), so
 * that they are followed from their start; and while one lives, the kernel lists the children it started under it and
 * not under the main thread, where the engine looks for them.
 */
export function processTraces(): Traces {
  let threads = 0;
  process.on("worker", (thread: Worker) => {
    threads += 1;
    thread.once("exit", () => {
      threads -= 1;
    });
  });
  return {
    open: () => {
      const counts = new Map([["Thread", threads]]);
      for (const name of process.getActiveResourcesInfo()) counts.set(name, (counts.get(name) ?? 0) + 1);
      return counts;
    },
    environment: () => ({ ...process.env }),
  };
}

/** What was left since: what is open, by kind, and `environment` where a variable differs. */
export function leftSince(
  before: { readonly open: ReadonlyMap<string, number>; readonly environment: Environment },
  traces: Traces,
): readonly string[] {
  const open = [...traces.open()].filter(([name, count]) => count > (before.open.get(name) ?? 0)).map(([name]) => name);
  return isEqual(before.environment, traces.environment()) ? open : [...open, "environment"];
}

function isEqual(one: Environment, other: Environment): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

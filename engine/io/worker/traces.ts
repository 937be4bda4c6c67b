import type { Worker } from "node:worker_threads";

/** What a step can leave behind in its process: open handles and living threads by kind, and the environment. */
export interface Traces {
  readonly open: ReadonlyMap<string, number>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Says what is there now. */
export interface TraceTaker {
  take(): Traces;
}

/**
 * Takes traces of the current process. Node lists no threads among its active resources (process.getActiveResourcesInfo),
 * so that they are followed from their start; and while one lives, the kernel lists the children it started under it and
 * not under the main thread, where the engine looks for them.
 */
export function traceTaker(): TraceTaker {
  let threads = 0;
  process.on("worker", (thread: Worker) => {
    threads += 1;
    thread.once("exit", () => {
      threads -= 1;
    });
  });
  return {
    take: () => {
      const open = new Map([["Thread", threads]]);
      for (const name of process.getActiveResourcesInfo()) open.set(name, (open.get(name) ?? 0) + 1);
      return { open, environment: { ...process.env } };
    },
  };
}

/** What was left open between the two, by kind; and `environment` where a variable differs. */
export function leftBetween(before: Traces, after: Traces): readonly string[] {
  const open = [...after.open]
    .filter(([name, count]) => name !== "Immediate" && count > (before.open.get(name) ?? 0))
    .map(([name]) => name);
  return isEqual(before.environment, after.environment) ? open : [...open, "environment"];
}

function isEqual(one: Traces["environment"], other: Traces["environment"]): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { newPool } from "../containers/new-pool.ts";
import type { CommandModule, Invocation } from "../invocation.ts";
import type { RunOptions } from "../run-pipeline.ts";

/**
 * `orchestrate run`. Where no earlier run is remembered there is something to do: then a worker starts before the engine
 * is loaded, which takes about as long.
 */
export const run: CommandModule["run"] = async (invocation, [planFile], given) => {
  const options = given as RunOptions;
  const pool = newPool();
  try {
    if (!mayBeHeld(invocation, options)) await pool.warm(1);
    const { runPipeline } = await import("../run-pipeline.ts");
    return await runPipeline(invocation, planFile, options, pool);
  } finally {
    pool.close();
  }
};

/** A guess, before anything is read: a wrong one costs a few milliseconds. */
function mayBeHeld({ cwd }: Invocation, { runsDir, file }: RunOptions): boolean {
  const runs = runsDir ?? (file === undefined ? "runs" : join(dirname(file), "runs"));
  return existsSync(resolve(cwd, runs, ".index.sqlite"));
}

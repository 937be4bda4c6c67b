import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { INDEX_FILE } from "../../io/index/index-file.ts";
import { newPool } from "../containers/new-pool.ts";
import type { CommandModule, Invocation } from "../invocation.ts";
import type { RunOptions } from "../run-pipeline.ts";
import { runsBeside } from "../runs-beside.ts";

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

/** A guess, as if the pipeline stood here, before anything is read: a wrong one costs a few milliseconds. */
function mayBeHeld(invocation: Invocation, options: RunOptions): boolean {
  const file = resolve(invocation.cwd, options.file ?? "orchestrate.config.yaml");
  return existsSync(join(runsBeside(invocation, options, file), INDEX_FILE));
}

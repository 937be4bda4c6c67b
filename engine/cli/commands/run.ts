import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { INDEX_FILE } from "../../io/index/index-file.ts";
import type { LazyPool } from "../../io/pool/lazy-pool.ts";
import { newPool } from "../containers/new-pool.ts";
import { askHolder } from "../held/ask-holder.ts";
import type { CommandModule, Invocation } from "../invocation.ts";
import { locatePipeline } from "../locate-pipeline.ts";
import type { RunOptions } from "../run-pipeline.ts";
import { runsBeside } from "../runs-beside.ts";

/**
 * `orchestrate run`. Where it is remembered that a run holds all that is asked for, it is answered without the engine
 * being loaded. Where no earlier run is remembered there is something to do: then a worker starts before the engine is
 * loaded, which takes about as long.
 */
export const run: CommandModule["run"] = async (invocation, [planFile], given) => {
  const options = given as RunOptions;
  const pool = newPool();
  try {
    if (!mayBeHeld(invocation, options)) await pool.warm(1);
    return planFile === undefined
      ? await answerOrRun(invocation, options, pool)
      : await (await import("../run-pipeline.ts")).runSavedPlan(invocation, planFile, options, pool);
  } finally {
    pool.close();
  }
};

async function answerOrRun(invocation: Invocation, options: RunOptions, pool: LazyPool): Promise<number> {
  const place = await locatePipeline(invocation, options);
  const { status, request } = await askHolder(invocation, place, options);
  if (status !== undefined) return status;
  const { runPipeline } = await import("../run-pipeline.ts");
  return runPipeline({ invocation, place, options, pool, saved: undefined, request });
}

/** A guess, as if the pipeline stood here, before anything is read: a wrong one costs a few milliseconds. */
function mayBeHeld(invocation: Invocation, options: RunOptions): boolean {
  const file = resolve(invocation.cwd, options.file ?? "orchestrate.config.yaml");
  return existsSync(join(runsBeside(invocation, options, file), INDEX_FILE));
}

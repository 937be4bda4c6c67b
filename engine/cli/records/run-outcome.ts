import { existsSync } from "node:fs";
import { isLocked } from "../../io/run-directory/is-locked.ts";
import { readLastEvent } from "./read-journal.ts";

/**
 * How a run stands. `succeeded`: its own manifest is in place. `running`: an engine holds its lock. `failed`: the last
 * engine gave up on a phase. `unfinished`: it was interrupted or killed.
 */
export type RunOutcome = "succeeded" | "running" | "failed" | "unfinished";

export function runOutcome(directory: string): RunOutcome {
  if (existsSync(`${directory}/manifest.json`)) return "succeeded";
  if (isLocked(`${directory}/run.lock`)) return "running";
  const last = readLastEvent(directory);
  return last?.type === "run-finished" && last.outcome === "failed" ? "failed" : "unfinished";
}

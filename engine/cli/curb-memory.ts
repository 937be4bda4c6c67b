import type { Pipeline } from "../core/pipeline/pipeline.ts";
import { keepYoungGenerationSmall } from "../io/memory/keep-young-generation-small.ts";

/** Keeps the memory small that a large pipeline takes; before its plan is made, or its records are read. */
export async function curbMemory(pipeline: Pipeline): Promise<void> {
  if (mayBeLarge(pipeline)) await keepYoungGenerationSmall();
}

/** Whether there may be a thousand instances or more; how long a list will be that a phase writes nobody knows. */
function mayBeLarge({ phases }: Pipeline): boolean {
  let count = 0;
  for (const { each } of phases.values()) {
    if (each?.over === "artifact") return true;
    count += each?.items.length ?? 1;
  }
  return count >= 1_000;
}

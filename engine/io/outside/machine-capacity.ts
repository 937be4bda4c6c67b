import { readdirSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import type { Capacity } from "../../core/schedule/ready-queue.ts";

/**
 * What this machine has for attempts, or the container in which the engine runs. `concurrency` bounds how many run at
 * once; null: one for each core.
 */
export function machineCapacity(concurrency: number | null): Capacity {
  const cores = availableParallelism();
  const slots = concurrency ?? cores;
  return { slots, cpu: Math.max(cores, slots), memory: Math.floor(memoryBytes() / 2 ** 20), gpu: countGpus() };
}

/** What the machine has or, where a control group allows less, that: beyond it the kernel kills. */
function memoryBytes(): number {
  // 0 where it is not known; without a limit a number larger than any memory.
  const allowed = process.constrainedMemory();
  return allowed > 0 ? Math.min(totalmem(), allowed) : totalmem();
}

/** NVIDIA's driver lists its devices here; others are not counted. */
function countGpus(): number {
  try {
    return readdirSync("/proc/driver/nvidia/gpus").length;
  } catch {
    return 0;
  }
}

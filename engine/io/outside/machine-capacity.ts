import { readdirSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import type { Capacity } from "../../core/schedule/ready-queue.ts";

/** What this machine has for attempts. `concurrency` bounds how many run at once; null: one for each core. */
export function machineCapacity(concurrency: number | null): Capacity {
  const cores = availableParallelism();
  const slots = concurrency ?? cores;
  return { slots, cpu: Math.max(cores, slots), memory: Math.floor(totalmem() / 2 ** 20), gpu: countGpus() };
}

/** NVIDIA's driver lists its devices here; others are not counted. */
function countGpus(): number {
  try {
    return readdirSync("/proc/driver/nvidia/gpus").length;
  } catch {
    return 0;
  }
}

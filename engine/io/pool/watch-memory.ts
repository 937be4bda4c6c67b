import { residentMemory } from "../proc/process-table.ts";

/** Milliseconds between two looks. */
const INTERVAL = 200;

/**
 * Watches what a worker and its children hold, where the phase says how much memory it takes. V8's own limit covers the
 * heap only; buffers and children count here.
 *
 * @param limit MiB; 0: nothing is watched.
 * @returns stops watching.
 */
export function watchMemory(group: number, limit: number, exceeded: (usedMiB: number) => void): () => void {
  if (limit === 0 || process.platform !== "linux") return () => {};
  const timer = setInterval(() => {
    const used = residentMemory(group);
    if (used > limit + BASE) exceeded(Math.round(used));
  }, INTERVAL);
  return () => clearInterval(timer);
}

/** What Node itself takes, in MiB; the limit is the step's own. */
const BASE = 80;

import { availableParallelism } from "node:os";
import { LazyPool } from "../../io/pool/lazy-pool.ts";
import { processEntry } from "../process-entry.ts";

/** How long a step has to end by itself once it was told to, in milliseconds. */
const GRACE = 5_000;

/** A pool of workers of this machine. Nothing is loaded or started yet. */
export function newPool(): LazyPool {
  return new LazyPool({ entry: processEntry("worker"), size: availableParallelism(), graceMs: GRACE });
}

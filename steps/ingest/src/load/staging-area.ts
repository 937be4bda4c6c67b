import { createHash } from "node:crypto";
import type { StagingArea } from "../staging/staging.ts";
import type { Load } from "./run-load.ts";

/**
 * Where the slices of a load wait: one area for all its attempts and runs, so that nothing is left by one that was
 * killed.
 */
export function stagingArea({ series, source, target, area }: Load): Promise<StagingArea> {
  const parts = [series, source.endpoint.label, target.endpoint.label];
  return area(createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16));
}

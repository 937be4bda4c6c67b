import { z } from "@orchestrate/sdk";
import { MAX_KEY_BYTES } from "../map/record.ts";

/** What a workload may not exceed; 0 lets rows or bytes be as many as they are. */
export const WorkloadLimits = z.strictObject({
  maxRows: z.number().int().nonnegative().default(5_000_000),
  maxBytes: z
    .number()
    .int()
    .nonnegative()
    .default(500 * 2 ** 20),
  maxKeyBytes: z.number().int().positive().max(MAX_KEY_BYTES).default(1024),
});
export type WorkloadLimits = z.infer<typeof WorkloadLimits>;

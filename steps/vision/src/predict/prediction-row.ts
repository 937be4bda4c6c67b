import { z } from "@orchestrate/sdk";

/** What a bundle says of one picture. */
export const PredictionRow = z.strictObject({
  /** Relative to the folder, POSIX. */
  name: z.string(),
  /** The name of a class, or null where the policy leaves it open. */
  decision: z.string().nullable(),
  /** Of the positive class, calibrated where the policy says how. */
  probability: z.number().min(0).max(1),
});
export type PredictionRow = z.infer<typeof PredictionRow>;

import { z } from "@orchestrate/sdk";
import { BinaryMetrics } from "../metrics/binary-metrics.ts";
import { policyBase, share } from "./policy-base.ts";

/** Calls an image positive where its probability is at least `threshold`. */
export const ThresholdPolicy = z.strictObject({
  policy_type: z.literal("threshold"),
  ...policyBase,
  /** May lie just above 1, which calls every image negative. */
  threshold: z.number().min(0).max(2),
  optimize_metric: z.literal("mcc"),
  /** At the threshold, on the split it was fitted to. */
  metrics: BinaryMetrics,
  /** Share of images that the policy decides. */
  coverage: share,
  split_used: z.literal("calib_fit"),
  /** The other way to use these scores: accept where max(p, 1 - p) > threshold, then call positive where p >= 0.5. */
  selective: z.strictObject({
    threshold: z.number().min(0).max(2),
    coverage_floor: share,
    coverage: share,
    risk: share,
    accepted: z.number().int().nonnegative(),
    errors: z.number().int().nonnegative(),
  }),
  n_cut_points: z.number().int().positive(),
});
export type ThresholdPolicy = z.infer<typeof ThresholdPolicy>;

import { json, z } from "@orchestrate/sdk";
import { FittedOn } from "../lineage/fitted-on.ts";
import { BinaryMetrics } from "../metrics/binary-metrics.ts";

const share = z.number().min(0).max(1);

/** Calls an image positive where its probability is at least `threshold`. */
export const ThresholdPolicy = z.strictObject({
  policy_type: z.literal("threshold"),
  /** May lie just above 1, which calls every image negative. */
  threshold: z.number().min(0).max(2),
  /** Index is label; the second is the positive class. */
  class_names: z.array(z.string()).length(2),
  /** Digest of the model's file whose scores it was fitted to. */
  model: z.string().startsWith("sha256:"),
  fitted_on: FittedOn,
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

/** How a bundle turns a probability into a decision. */
export const Policy = z.discriminatedUnion("policy_type", [ThresholdPolicy]);
export type Policy = z.infer<typeof Policy>;

export const policyArtifact = json("policy.json", Policy, { kind: "vision/policy" });

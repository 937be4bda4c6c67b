import { json, z } from "@orchestrate/sdk";
import { matthews } from "../metrics/matthews.ts";
import { bestThreshold, confusionAt } from "./best-threshold.ts";
import type { FittedPolicy } from "./fit-policy.ts";
import { selectiveAt } from "./selective-threshold.ts";

const count = z.number().int().nonnegative();

/** Points for plotting: MCC over threshold, and coverage and risk over the selective threshold, both ascending. */
export const Curve = z.strictObject({
  threshold: z.array(
    z.strictObject({ threshold: z.number(), mcc: z.number(), tp: count, tn: count, fp: count, fn: count }),
  ),
  selective: z.array(z.strictObject({ threshold: z.number(), coverage: z.number(), risk: z.number() })),
});
export type Curve = z.infer<typeof Curve>;

export const curveArtifact = json("curve.json", Curve, { kind: "vision/curve" });

/** At most `limit` points of each curve, evenly among the cuts; the chosen cut is always one of them. */
export function curve({ policy, scores, confidences }: FittedPolicy, limit: number): Curve {
  const chosen = confidences.thresholds.indexOf(policy.selective.threshold);
  return {
    threshold: spread(scores.thresholds.length, limit, bestThreshold(scores).cut).map((cut) => {
      const counts = confusionAt(scores, cut);
      return { threshold: scores.thresholds[cut]!, mcc: matthews(counts), ...counts };
    }),
    selective: spread(confidences.thresholds.length, limit, chosen).map((cut) => {
      const { threshold, coverage, risk } = selectiveAt(confidences, cut);
      return { threshold, coverage, risk };
    }),
  };
}

/** Whole numbers from 0 to length - 1, evenly apart, `always` among them. */
function spread(length: number, limit: number, always: number): number[] {
  if (length <= limit) return Array.from({ length }, (_, index) => index);
  const points = new Set([always]);
  const others = limit - 1;
  for (let index = 0; index < others; index++) points.add(Math.round((index * (length - 1)) / (others - 1)));
  return [...points].sort((a, b) => a - b);
}

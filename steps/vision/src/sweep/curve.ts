import { json, z } from "@orchestrate/sdk";
import { confusionAt } from "../metrics/cuts.ts";
import { matthews } from "../metrics/matthews.ts";
import { selectionAt } from "../metrics/risk-coverage.ts";
import { spread } from "../metrics/spread.ts";
import type { FittedPolicy } from "./fit-policy.ts";

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
export function curve({ scores, chosen, confidences, chosenConfidence }: FittedPolicy, limit: number): Curve {
  return {
    threshold: spread(scores.thresholds.length, limit, chosen).map((cut) => {
      const counts = confusionAt(scores, cut);
      return { threshold: scores.thresholds[cut]!, mcc: matthews(counts), ...counts };
    }),
    selective: spread(confidences.thresholds.length, limit, chosenConfidence).map((cut) => {
      const { threshold, coverage, risk } = selectionAt(confidences, cut);
      return { threshold, coverage, risk };
    }),
  };
}

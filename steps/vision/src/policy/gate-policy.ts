import { z } from "@orchestrate/sdk";
import { GateCalibrator, GateNetwork } from "../gate/gate.ts";
import { policyBase, share } from "./policy-base.ts";

/**
 * Accepts an image where the gate's calibrated probability that the model is right is at least `threshold`, and then
 * calls it positive where its own probability is at least 0.5; defers all others.
 */
export const GatePolicy = z.strictObject({
  policy_type: z.literal("gate"),
  ...policyBase,
  /** What was asked for. */
  target: z.strictObject({ coverage: share, error: share }),
  outcome: z.discriminatedUnion("status", [
    z.strictObject({
      status: z.literal("feasible"),
      network: GateNetwork,
      calibrator: GateCalibrator,
      threshold: share,
      /** On cross-fitted scores of calib_fit: share accepted, and share of wrong calls among those. */
      coverage: share,
      error: share,
      accepted: z.number().int().positive(),
    }),
    z.strictObject({ status: z.enum(["infeasible", "not-calibratable"]), reason: z.string() }),
  ]),
});
export type GatePolicy = z.infer<typeof GatePolicy>;

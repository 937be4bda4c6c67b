import { z } from "@orchestrate/sdk";
import { CalibrationMap } from "../calibrate/calibration.ts";
import { BinaryMetrics } from "../metrics/binary-metrics.ts";
import { policyBase, share } from "./policy-base.ts";

/** Calls an image positive where its calibrated probability is at least 0.5. Its type is the method of calibration. */
export const CalibratedPolicy = z.strictObject({
  policy_type: z.enum(["temperature", "platt", "isotonic", "beta", "dirichlet"]),
  ...policyBase,
  calibration: CalibrationMap,
  /** On the half of calib_fit that the map was not fitted to. */
  metrics: BinaryMetrics,
  coverage: share,
});
export type CalibratedPolicy = z.infer<typeof CalibratedPolicy>;

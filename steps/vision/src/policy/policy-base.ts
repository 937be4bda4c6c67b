import { z } from "@orchestrate/sdk";
import { CalibrationMap } from "../calibrate/calibration.ts";
import { FittedOn } from "../lineage/fitted-on.ts";

/** What every policy says: whom it decides for, and what it rests on. */
export const policyBase = {
  /** Index is label; the second is the positive class. */
  class_names: z.array(z.string()).length(2),
  /** Digest of the model's file whose predictions it was fitted to. */
  model: z.string().startsWith("sha256:"),
  /** All splits that had a part in it. */
  fitted_on: FittedOn,
  /** How logits become probabilities; null: softmax. */
  calibration: CalibrationMap.nullable(),
};

export const share = z.number().min(0).max(1);

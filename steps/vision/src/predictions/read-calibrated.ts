import type { DirectoryInput, JsonInput } from "@orchestrate/sdk";
import { calibrated } from "../calibrate/calibrated.ts";
import type { Calibration, CalibrationMap } from "../calibrate/calibration.ts";
import { type FittedOn, unite } from "../lineage/fitted-on.ts";
import { requireSameModel } from "../lineage/require-same-model.ts";
import { requireUnseen } from "../lineage/require-unseen.ts";
import { checkScores } from "./check-scores.ts";
import type { Predictions } from "./predictions.ts";
import { readPredictions } from "./read-predictions.ts";

/** What a policy is fitted to. */
export interface CalibratedPredictions {
  readonly predictions: Predictions;
  /** How logits became probabilities; null: softmax. */
  readonly map: CalibrationMap | null;
  /** Of the positive class, finite. */
  readonly probabilities: Float64Array;
  /** The lineage of what is fitted to them, labels included. */
  readonly fitted_on: FittedOn;
}

/**
 * Reads predictions of a split, through a calibration where one is wired.
 *
 * @param step the step that asks, for errors.
 * @throws StepError those of `readPredictions`, `requireSameModel`, `checkScores`, and `requireUnseen` for the model,
 * and for the calibration as well unless it is calib_fit that is read: what is fitted there may share it.
 */
export async function readCalibrated(
  step: string,
  inputs: { readonly predictions: DirectoryInput; readonly calibration: JsonInput<Calibration> | undefined },
  split: "calib_fit" | "calib_conformal",
): Promise<CalibratedPredictions> {
  const predictions = readPredictions(inputs.predictions, split);
  const { model, origin } = predictions;
  const calibration = await inputs.calibration?.read();
  requireUnseen(step, "the model", model.fitted_on, origin);
  if (calibration !== undefined) {
    requireSameModel(step, "the calibration", calibration, predictions);
    if (split !== "calib_fit") requireUnseen(step, "the calibration", calibration.fitted_on, origin);
  }
  const map = calibration?.map ?? null;
  const probabilities = calibrated(map, predictions.logits);
  checkScores(probabilities, predictions);
  const fitted_on = unite(model.fitted_on, calibration?.fitted_on ?? [], [{ ...origin, labelled: true }]);
  return { predictions, map, probabilities, fitted_on };
}

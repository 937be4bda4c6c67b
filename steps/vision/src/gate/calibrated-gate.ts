import { interpolate, sigmoid } from "../calibrate/calibrated.ts";
import type { GateCalibrator } from "./gate.ts";

/** The probability that the model's call is right, for scores of a gate. */
export function calibratedGate(calibrator: GateCalibrator, scores: Float64Array): Float64Array {
  switch (calibrator.method) {
    case "platt":
      return scores.map((score) => sigmoid(calibrator.slope * score + calibrator.intercept));
    case "isotonic":
      return scores.map((score) => interpolate(calibrator.at, calibrator.values, score));
    default:
      return calibrator satisfies never;
  }
}

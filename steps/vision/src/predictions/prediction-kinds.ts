import { directory } from "@orchestrate/sdk";

/**
 * What a model says of each split, a kind for each, so that a step receives the predictions it may see and no others:
 * sweep, gate and calibrate are fitted to those of calib_fit, scrc to those of calib_conformal, and evaluate judges by
 * those of val_test.
 */
export const predictionArtifacts = {
  train: directory("vision/predictions-train"),
  val_select: directory("vision/predictions-select"),
  calib_fit: directory("vision/predictions-calib-fit"),
  calib_conformal: directory("vision/predictions-calib-conformal"),
  val_test: directory("vision/predictions-test"),
} as const;

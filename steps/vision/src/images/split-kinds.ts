import { directory } from "@orchestrate/sdk";

/**
 * The splits, each a kind of its own: a step declares which it may touch, and the plan refuses any other. `train` fits
 * weights; `val_select` chooses among epochs; `calib_fit` fits temperature, gate and thresholds; `calib_conformal`
 * calibrates what is promised of them, so nothing else may be fitted to it; `val_test` is for the last word.
 */
export const splitArtifacts = {
  train: directory("vision/split-train"),
  val_select: directory("vision/split-select"),
  calib_fit: directory("vision/split-calib-fit"),
  calib_conformal: directory("vision/split-calib-conformal"),
  val_test: directory("vision/split-test"),
} as const;

export const splitNames = ["train", "val_select", "calib_fit", "calib_conformal", "val_test"] as const;
export type SplitName = (typeof splitNames)[number];

import { directory } from "@orchestrate/sdk";

/**
 * The four splits, each a kind of its own: a step declares which it may touch, and the plan refuses any other.
 * `train` fits weights, `val_select` chooses among epochs, `val_calib` fits policies, `val_test` is for the last word.
 */
export const trainSplit = directory("vision/split-train");
export const selectSplit = directory("vision/split-select");
export const calibSplit = directory("vision/split-calib");
export const testSplit = directory("vision/split-test");

export const splitNames = ["train", "val_select", "val_calib", "val_test"] as const;
export type SplitName = (typeof splitNames)[number];

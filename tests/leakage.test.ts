import { describe, expect, it } from "vitest";
import { Project } from "./rig/project.ts";
import { errorOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();

const splits = { train: "dataset.train", val_select: "dataset.val_select" };
const infer = {
  step: "vision/infer",
  inputs: {
    checkpoint: "train.checkpoint",
    calib_fit: "dataset.calib_fit",
    calib_conformal: "dataset.calib_conformal",
    val_test: "dataset.val_test",
  },
};
const phases = {
  dataset: { step: "vision/dataset" },
  train: { step: "vision/train", inputs: splits },
  infer,
  sweep: { step: "vision/sweep", inputs: { predictions: "infer.calib_fit" } },
  scrc: { step: "vision/scrc", inputs: { predictions: "infer.calib_conformal" } },
};

describe.concurrent("the plan refuses", () => {
  it.each([
    [
      "training on calib_conformal",
      { train: { step: "vision/train", inputs: { ...splits, train: "dataset.calib_conformal" } } },
      "phases.train.inputs.train: dataset.calib_conformal is vision/split-calib-conformal, but vision/train wants vision/split-train here.",
    ],
    [
      "choosing the epoch on val_test",
      { train: { step: "vision/train", inputs: { ...splits, val_select: "dataset.val_test" } } },
      "phases.train.inputs.val_select: dataset.val_test is vision/split-test, but vision/train wants vision/split-select here.",
    ],
    [
      "predicting val_test as if it were calib_fit",
      { infer: { ...infer, inputs: { checkpoint: "train.checkpoint", calib_fit: "dataset.val_test" } } },
      "phases.infer.inputs.calib_fit: dataset.val_test is vision/split-test, but vision/infer wants vision/split-calib-fit here.",
    ],
    [
      "fitting a threshold to predictions of val_test",
      { sweep: { step: "vision/sweep", inputs: { predictions: "infer.val_test" } } },
      "phases.sweep.inputs.predictions: infer.val_test is vision/predictions-test, but vision/sweep wants vision/predictions-calib-fit here.",
    ],
    [
      "calibrating a promise on what thresholds are fitted to",
      { scrc: { step: "vision/scrc", inputs: { predictions: "infer.calib_fit" } } },
      "phases.scrc.inputs.predictions: infer.calib_fit is vision/predictions-calib-fit, but vision/scrc wants vision/predictions-calib-conformal here.",
    ],
    [
      "training a gate on what promises are calibrated on",
      { gate: { step: "vision/gate", inputs: { predictions: "infer.calib_conformal" } } },
      "phases.gate.inputs.predictions: infer.calib_conformal is vision/predictions-calib-conformal, but vision/gate wants vision/predictions-calib-fit here.",
    ],
    [
      "fitting a temperature to val_test",
      { calibrate: { step: "vision/calibrate", inputs: { predictions: "infer.val_test" } } },
      "phases.calibrate.inputs.predictions: infer.val_test is vision/predictions-test, but vision/calibrate wants vision/predictions-calib-fit here.",
    ],
    [
      "a last word on what was fitted to",
      {
        evaluate: { step: "vision/evaluate", inputs: { predictions: "infer.calib_fit", val_test: "dataset.val_test" } },
      },
      "phases.evaluate.inputs.predictions: infer.calib_fit is vision/predictions-calib-fit, but vision/evaluate wants vision/predictions-test here.",
    ],
    [
      "adapting a backbone to images that are kept for the end",
      {
        explora: { step: "vision/explora", inputs: { backbone: "pretrain.backbone", train: "dataset.val_test" } },
        pretrain: { step: "vision/pretrain" },
      },
      "phases.explora.inputs.train: dataset.val_test is vision/split-test, but vision/explora wants vision/split-train here.",
    ],
  ])("%s, naming step and split", async (_, changed, says) => {
    const pipeline = { pipeline: "leak", phases: { ...phases, ...changed } };
    const project = new Project(scratch, { plugins: ["@orchestrate/steps-vision"], pipeline });
    const ended = await project.orchestrate(["plan", "--json"]);
    expect(ended.status).toBe(2);
    expect(errorOf(ended)).toMatchObject({ error: "pipeline-invalid", detail: expect.stringContaining(says) });
  });
});

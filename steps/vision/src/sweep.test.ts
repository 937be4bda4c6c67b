import { StepError } from "@orchestrate/sdk";
import { runStep } from "@orchestrate/sdk/testing";
import { describe, expect, it } from "vitest";
import sweep from "./sweep.ts";

const predictions = {
  split: "val_calib",
  classes: ["clear", "works"],
  labels: [0, 0, 1, 0, 1, 1],
  probabilities: [0.05, 0.2, 0.35, 0.4, 0.8, 0.95],
  logits: Array(6).fill([0, 0]),
};

async function refusal(changes: Partial<Record<keyof typeof predictions, unknown>>) {
  using result = await runStep(sweep, { inputs: { predictions: { json: { ...predictions, ...changes } } } });
  if (!(result.error instanceof StepError)) throw new Error(`not refused: ${result.error}`);
  return result.error.toEnvelope();
}

describe("vision/sweep", () => {
  it("writes the policy, its curve and its metrics", async () => {
    using result = await runStep(sweep, { inputs: { predictions: { json: predictions } } });
    expect(result.error).toBeUndefined();
    expect(result.outputs.policy.json()).toMatchObject({
      policy_type: "threshold",
      threshold: 0.275,
      class_names: ["clear", "works"],
      optimize_metric: "mcc",
      metrics: { tp: 3, fp: 1, fn: 0, tn: 2 },
      coverage: 1,
      split_used: "val_calib",
      n_cut_points: 7,
    });
    expect(result.outputs.curve.json()).toMatchObject({ threshold: { length: 7 } });
    expect(result.metrics).toMatchObject({ threshold: 0.275, accuracy: 5 / 6, fnr: 0, selective_risk: 1 / 6 });
    expect(result.metrics.mcc).toBeCloseTo(Math.SQRT1_2, 12);
  });

  it("refuses scores that are not finite", async () => {
    expect(await refusal({ probabilities: [0.05, null, 0.35, null, 0.8, 0.95] })).toEqual({
      error: "scores-not-finite",
      category: "invariant",
      detail: "2 of 6 scores are not finite numbers, the first at index 1.",
      hint: "Look at the training that wrote these predictions: its loss or its weights went wrong.",
    });
  });

  it("refuses scores that are no probabilities", async () => {
    expect(await refusal({ probabilities: [0.05, 0.2, 0.35, 0.4, -1, 0.95] })).toMatchObject({
      error: "scores-out-of-range",
      detail: "The score at index 4 is -1; a probability lies in [0, 1].",
    });
  });

  it("refuses lists that do not go together", async () => {
    expect(await refusal({ labels: [0, 1] })).toMatchObject({
      error: "lengths-differ",
      category: "invariant",
      detail: "There are 6 scores and 2 labels.",
    });
  });

  it("refuses labels of one class, and none", async () => {
    expect(await refusal({ labels: [1, 1, 1, 1, 1, 1] })).toEqual({
      error: "one-class-labels",
      category: "input",
      detail: 'All 6 labels are "works"; a threshold is fitted to images of both classes.',
      hint: "Give val_calib images of both classes.",
    });
    expect(await refusal({ labels: [], probabilities: [] })).toMatchObject({
      detail: "There are no labels; a threshold is fitted to images of both classes.",
    });
  });
});

import { StepError } from "@orchestrate/sdk";
import { runStep } from "@orchestrate/sdk/testing";
import { describe, expect, it } from "vitest";
import { madeOrigin } from "./fixtures/made-origin.ts";
import { filesOf, madePredictions, trainedWell } from "./fixtures/made-predictions.ts";
import type { Predictions } from "./predictions/predictions.ts";
import sweep from "./sweep.ts";

const labels = [0, 0, 1, 0, 1, 1];
const probabilities = [0.05, 0.2, 0.35, 0.4, 0.8, 0.95];
const predictions = madePredictions("calib_fit", probabilities, labels);

async function refusal(changed: Predictions) {
  using result = await runStep(sweep, { inputs: { predictions: filesOf(changed) } });
  if (!(result.error instanceof StepError)) throw new Error(`not refused: ${result.error}`);
  return result.error.toEnvelope();
}

describe("vision/sweep", () => {
  it("writes the policy, its curve and its metrics", async () => {
    using result = await runStep(sweep, { inputs: { predictions: filesOf(predictions) } });
    expect(result.error).toBeUndefined();
    expect(result.outputs.policy.json()).toMatchObject({
      policy_type: "threshold",
      threshold: expect.closeTo(0.275, 6),
      class_names: ["clear", "works"],
      optimize_metric: "mcc",
      metrics: { tp: 3, fp: 1, fn: 0, tn: 2 },
      coverage: 1,
      split_used: "calib_fit",
      model: predictions.model.digest,
      fitted_on: expect.arrayContaining([{ ...madeOrigin("calib_fit"), labelled: true }]),
      n_cut_points: 7,
    });
    expect(result.outputs.curve.json()).toMatchObject({ threshold: { length: 7 } });
    expect(result.metrics).toMatchObject({
      threshold: expect.closeTo(0.275, 6),
      accuracy: 5 / 6,
      fnr: 0,
      selective_risk: 1 / 6,
    });
    expect(result.metrics.mcc).toBeCloseTo(Math.SQRT1_2, 12);
  });

  it("refuses scores that are not finite", async () => {
    expect(
      await refusal(madePredictions("calib_fit", [0.05, Number.NaN, 0.35, Number.NaN, 0.8, 0.95], labels)),
    ).toEqual({
      error: "scores-not-finite",
      category: "invariant",
      detail: "2 of 6 scores are not finite numbers, the first at index 1.",
      hint: "Look at the training that wrote these predictions: its loss or its weights went wrong.",
    });
  });

  it("refuses labels of one class, and none", async () => {
    expect(await refusal(madePredictions("calib_fit", probabilities, [1, 1, 1, 1, 1, 1]))).toEqual({
      error: "one-class-labels",
      category: "input",
      detail: 'All 6 labels are "works"; a threshold is fitted to images of both classes.',
      hint: "Give calib_fit images of both classes.",
    });
    expect(await refusal(madePredictions("calib_fit", [], []))).toMatchObject({
      detail: "There are no labels; a threshold is fitted to images of both classes.",
    });
  });

  it("refuses predictions of another split, where no kind told", async () => {
    expect(await refusal(madePredictions("calib_conformal", probabilities, labels))).toEqual({
      error: "predictions-not-allowed",
      category: "policy",
      detail: expect.stringMatching(
        /^The predictions at .* are of calib_conformal; the step may see those of calib_fit/,
      ),
      hint: "Wire the output calib_fit of a vision/infer phase.",
    });
  });

  it("refuses predictions of a model that was fitted to the same pictures", async () => {
    const fitted_on = [...trainedWell, { ...madeOrigin("calib_fit"), labelled: true }];
    const model = { ...predictions.model, fitted_on };
    expect(await refusal({ ...predictions, model })).toEqual({
      error: "lineage-touches-split",
      category: "policy",
      detail: "vision/sweep must not use the model on calib_fit: it was fitted on calib_fit.",
      hint: "Wire the model and the split from one vision/dataset phase, and fit nothing on calib_fit.",
    });
  });
});

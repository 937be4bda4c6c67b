import { StepError } from "@orchestrate/sdk";
import { runStep } from "@orchestrate/sdk/testing";
import { describe, expect, it } from "vitest";
import { marginGate } from "./fixtures/made-gate.ts";
import { madeOrigin } from "./fixtures/made-origin.ts";
import { filesOf, madePredictions, trainedWell } from "./fixtures/made-predictions.ts";
import type { FittedOn } from "./lineage/fitted-on.ts";
import type { ScrcPolicy } from "./policy/scrc-policy.ts";
import { generator } from "./random/generator.ts";
import scrc from "./scrc.ts";

const random = generator(3);
const probabilities = Array.from({ length: 300 }, () => random.between(0.01, 0.99));
const labels = probabilities.map((p) => (random.next() < p ? 1 : 0));
const predictions = madePredictions("calib_conformal", probabilities, labels);
const fitted = [...trainedWell, { ...madeOrigin("calib_fit"), labelled: true }];

const calibration = (fitted_on: FittedOn) => ({
  json: {
    schema: "vision.calibration/1",
    map: { method: "temperature", temperature: 1.5 },
    model: predictions.model.digest,
    fitted_on,
  },
});
const gate = (fitted_on: FittedOn, outcome: object) => ({
  json: { schema: "vision.gate/1", model: predictions.model.digest, fitted_on, outcome },
});
const calibrated = {
  status: "calibrated",
  network: marginGate,
  calibrator: { method: "platt", slope: 1, intercept: 0 },
};

const run = (config: object, more: object = {}) =>
  runStep(scrc, { config, inputs: { predictions: filesOf(predictions), ...more } });

describe("vision/scrc", () => {
  it("carries its calibration as SCRC-T", async () => {
    using result = await run({ alpha: 0.15, xi: 0.5 }, { calibration: calibration(fitted) });
    expect(result.error).toBeUndefined();
    const policy = result.outputs.policy.json() as ScrcPolicy;
    expect(policy).toMatchObject({
      policy_type: "scrc",
      alpha: 0.15,
      xi: 0.5,
      loss: "miscoverage",
      score: { by: "margin" },
      calibration: { method: "temperature", temperature: 1.5 },
      outcome: { status: "feasible", variant: "T" },
      found: { count: 300, selected: 150 },
    });
    expect(policy.fitted_on).toContainEqual({ ...madeOrigin("calib_conformal"), labelled: true });
    expect(policy.fitted_on).toContainEqual({ ...madeOrigin("calib_fit"), labelled: true });
    expect(
      policy.outcome.status === "feasible" && policy.outcome.variant === "T" && policy.outcome.calibration,
    ).toHaveLength(300);
    expect(result.metrics).toMatchObject({ feasible: 1, selected: 0.5 });
  });

  it("carries two numbers as SCRC-I", async () => {
    using result = await run({ variant: "I", alpha: 0.2, xi: 0.4, delta: 0.1 });
    const { outcome } = result.outputs.policy.json() as ScrcPolicy;
    expect(outcome).toEqual({
      status: "feasible",
      variant: "I",
      lambda1: expect.any(Number),
      lambda2: expect.any(Number),
      delta: 0.1,
    });
  });

  it("succeeds with an infeasible policy and a reason, where nothing better is to be had", async () => {
    using result = await run({ alpha: 0.001, xi: 0.5 });
    expect(result.error).toBeUndefined();
    expect(result.outputs.policy.json()).toMatchObject({
      outcome: {
        status: "infeasible",
        variant: "T",
        reason: "150 selected pictures can't show a mean loss of at most 0.001: it takes 999",
      },
    });
    expect(result.metrics).toMatchObject({ feasible: 0, decided: 0 });
    expect(result.log).toContainEqual(
      expect.objectContaining({ level: "warn", message: expect.stringMatching(/^infeasible: /) }),
    );
  });

  it("selects by the gate that is wired, and by margin where that is not calibratable", async () => {
    using by = await run({ alpha: 0.3, xi: 0.5 }, { gate: gate(fitted, calibrated) });
    expect((by.outputs.policy.json() as ScrcPolicy).score).toEqual({ by: "gate", network: marginGate });
    const none = gate(fitted, { status: "not-calibratable", reason: "there were 2 errors" });
    using without = await run({ alpha: 0.3, xi: 0.5 }, { gate: none });
    expect((without.outputs.policy.json() as ScrcPolicy).score).toEqual({ by: "margin" });
    expect(without.log.map(({ message }) => message)).toContain("selecting by margin, for there were 2 errors");
  });

  it.each([
    [
      "the model",
      { model: { ...predictions.model, fitted_on: [{ ...madeOrigin("calib_conformal"), labelled: true }] } },
      {},
    ],
    ["the calibration", {}, { calibration: calibration([{ ...madeOrigin("calib_conformal"), labelled: true }]) }],
    ["the gate", {}, { gate: gate([{ ...madeOrigin("calib_conformal"), labelled: false }], calibrated) }],
  ])("refuses a score whose lineage touches calib_conformal: %s", async (what, changes, more) => {
    const inputs = { predictions: filesOf({ ...predictions, ...changes }), ...more };
    using result = await runStep(scrc, { inputs });
    expect(result.error).toBeInstanceOf(StepError);
    expect((result.error as StepError).toEnvelope()).toMatchObject({
      error: "lineage-touches-split",
      category: "policy",
      detail: `vision/scrc must not use ${what} on calib_conformal: it was fitted on calib_conformal.`,
    });
  });

  it("refuses predictions of calib_fit, where no kind told", async () => {
    const wrong = filesOf(madePredictions("calib_fit", probabilities, labels));
    using result = await runStep(scrc, { inputs: { predictions: wrong } });
    expect(result.error).toMatchObject({ code: "predictions-not-allowed", category: "policy" });
  });
});

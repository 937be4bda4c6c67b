import { StepError, type z } from "@orchestrate/sdk";
import { runStep } from "@orchestrate/sdk/testing";
import { describe, expect, it } from "vitest";
import { sigmoid } from "./calibrate/calibrated.ts";
import { madeOrigin } from "./fixtures/made-origin.ts";
import { filesOf, madePredictions, trainedWell } from "./fixtures/made-predictions.ts";
import type { Gate } from "./gate/gate.ts";
import { gateScores } from "./gate/gate-scores.ts";
import gate from "./gate.ts";
import type { GatePolicy } from "./policy/gate-policy.ts";
import { generator } from "./random/generator.ts";

/** Right on pictures whose second feature is below 0, and guessing on the others. */
function telling(count: number) {
  const random = generator(1);
  const labels = Array.from({ length: count }, () => random.below(2));
  const hard = labels.map(() => random.next() < 0.3);
  const probabilities = labels.map((label, row) => {
    const isRight = random.next() < (hard[row] ? 0.5 : 0.99);
    return (label === 1) === isRight ? 0.9 : 0.1;
  });
  const predictions = madePredictions("calib_fit", probabilities, labels);
  const features = Float32Array.from(hard.flatMap((isHard) => [random.normal(), isHard ? 1 : -1]));
  return { ...predictions, features };
}

type Config = z.input<(typeof gate)["definition"]["config"]>;

const run = (predictions: ReturnType<typeof madePredictions>, config: Config = {}) =>
  runStep(gate, { config, inputs: { predictions: filesOf(predictions) } });

describe("vision/gate", () => {
  it("commits a gate, and the policy of its threshold", async () => {
    using result = await run(telling(300), { coverage: 0.6, error: 0.03 });
    expect(result.error).toBeUndefined();
    const policy = result.outputs.policy.json() as GatePolicy;
    expect(policy).toMatchObject({ policy_type: "gate", target: { coverage: 0.6, error: 0.03 } });
    expect(policy.fitted_on).toContainEqual({ ...madeOrigin("calib_fit"), labelled: true });
    if (policy.outcome.status !== "feasible") throw new Error(policy.outcome.reason);
    // The calibrator's parameters are stored with the network, and used.
    expect(policy.outcome.calibrator).toMatchObject({ method: "platt" });
    expect(policy.outcome.coverage).toBeGreaterThanOrEqual(0.6);
    expect(policy.outcome.error).toBeLessThanOrEqual(0.03);
    expect((result.outputs.gate.json() as Gate).outcome).toMatchObject({ status: "calibrated" });
    expect(result.outputs.plot!.text()).toContain("<svg");
    expect(result.metrics).toMatchObject({ coverage: policy.outcome.coverage, error: policy.outcome.error });
  });

  it("commits that no threshold will do, where none does", async () => {
    using result = await run(telling(300), { coverage: 0.95, error: 0.01 });
    expect(result.error).toBeUndefined();
    expect((result.outputs.policy.json() as GatePolicy).outcome).toEqual({
      status: "infeasible",
      reason: "no threshold accepts 0.95 of the pictures with an error of at most 0.01",
    });
    expect((result.outputs.gate.json() as Gate).outcome.status).toBe("calibrated");
  });

  it("weighs the coverage that is missing as the objective says", async () => {
    const covers = async (objective: "selective-net" | "original") => {
      const predictions = telling(300);
      using result = await run(predictions, { coverage: 0.9, error: 0.9, objective });
      const { outcome } = result.outputs.gate.json() as Gate;
      if (outcome.status !== "calibrated") throw new Error(outcome.reason);
      const scores = gateScores(outcome.network, predictions);
      return scores.reduce((sum, score) => sum + sigmoid(score), 0) / scores.length;
    };
    expect(await covers("selective-net")).toBeGreaterThan(0.85);
    expect(await covers("original")).toBeLessThan(0.75);
  });

  it("counts an even chance as a call of the positive class, as policies do", async () => {
    using result = await run(madePredictions("calib_fit", [0.5, 0.5, 0.5, 0.9], [0, 1, 1, 1]));
    expect(result.metrics.errors).toBe(1);
  });

  it("answers that it is not calibratable where there are too few errors", async () => {
    using result = await run(madePredictions("calib_fit", [0.1, 0.9, 0.2, 0.7, 0.6], [0, 1, 0, 1, 0]));
    expect(result.error).toBeUndefined();
    const outcome = {
      status: "not-calibratable",
      reason: "the model is wrong on 1 of 5 pictures of calib_fit, and it takes 10 errors",
    };
    expect((result.outputs.policy.json() as GatePolicy).outcome).toEqual(outcome);
    expect((result.outputs.gate.json() as Gate).outcome).toEqual(outcome);
    expect(result.outputs.plot).toBeUndefined();
  });

  it("refuses a calibration of another model, and a model that knows calib_fit", async () => {
    const predictions = telling(60);
    const map = { method: "temperature", temperature: 2 };
    const calibration = {
      schema: "vision.calibration/1",
      map,
      model: `sha256:${"b".repeat(64)}`,
      fitted_on: trainedWell,
    };
    using other = await runStep(gate, {
      inputs: { predictions: filesOf(predictions), calibration: { json: calibration } },
    });
    expect((other.error as StepError).toEnvelope()).toMatchObject({
      error: "fitted-to-another-model",
      category: "input",
      detail: `vision/gate: the calibration was fitted to predictions of the model sha256:${"b".repeat(64)}; these are of sha256:${"a".repeat(64)}.`,
      hint: "Wire the calibration and the predictions from one checkpoint.",
    });
    const fitted_on = [...trainedWell, { ...madeOrigin("calib_fit"), labelled: true }];
    using leaking = await run({ ...predictions, model: { ...predictions.model, fitted_on } });
    expect(leaking.error).toBeInstanceOf(StepError);
    expect((leaking.error as StepError).detail).toBe(
      "vision/gate must not use the model on calib_fit: it was fitted on calib_fit.",
    );
  });
});

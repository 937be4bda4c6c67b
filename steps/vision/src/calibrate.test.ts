import type { StepError } from "@orchestrate/sdk";
import { runStep } from "@orchestrate/sdk/testing";
import { describe, expect, it } from "vitest";
import type { Calibration } from "./calibrate/calibration.ts";
import type { CalibrationReport } from "./calibrate/calibration-report.ts";
import calibrate from "./calibrate.ts";
import { madeOrigin } from "./fixtures/made-origin.ts";
import { filesOf, madePredictions } from "./fixtures/made-predictions.ts";
import type { CalibratedPolicy } from "./policy/calibrated-policy.ts";
import { generator } from "./random/generator.ts";

const random = generator(2);
const truths = Array.from({ length: 600 }, () => 1 / (1 + Math.exp(-1.5 * random.normal())));
const labels = truths.map((truth) => (random.next() < truth ? 1 : 0));
const overconfident = truths.map((truth) => 1 / (1 + ((1 - truth) / truth) ** 3));
const predictions = madePredictions("calib_fit", overconfident, labels);

describe("vision/calibrate", () => {
  it.each(["temperature", "platt", "isotonic", "beta", "dirichlet"] as const)(
    "fits a map on one half and reports it on the other: %s",
    async (method) => {
      using result = await runStep(calibrate, { config: { method }, inputs: { predictions: filesOf(predictions) } });
      expect(result.error).toBeUndefined();
      const { map, model, fitted_on } = result.outputs.calibration.json() as Calibration;
      expect(map.method).toBe(method);
      expect(model).toBe(predictions.model.digest);
      expect(fitted_on).toContainEqual({ ...madeOrigin("calib_fit"), labelled: true });
      const report = result.outputs.report.json() as CalibrationReport;
      expect(report).toMatchObject({ method, fitted: 300, reported: 300 });
      expect(report.after.ece).toBeLessThan(report.before.ece - 0.05);
      expect(report.after.nll).toBeLessThan(report.before.nll - 0.05);
      expect(report.ece_reduction).toBeCloseTo(report.before.ece - report.after.ece, 12);
      const policy = result.outputs.policy.json() as CalibratedPolicy;
      expect(policy).toMatchObject({ policy_type: method, calibration: map, coverage: 1 });
      expect(result.outputs.diagram.text()).toContain("before: ECE");
      expect(result.metrics).toMatchObject({ ece_before: report.before.ece, ece_after: report.after.ece });
    },
  );

  it("reports other pictures for another seed, and none that it was fitted to", async () => {
    const reports = [];
    for (const seed of [1, 2]) {
      using result = await runStep(calibrate, { seed, inputs: { predictions: filesOf(predictions) } });
      reports.push((result.outputs.report.json() as CalibrationReport).before.nll);
    }
    expect(reports[0]).not.toBe(reports[1]);
  });

  it("says so where a map makes things worse", async () => {
    const few = madePredictions("calib_fit", truths.slice(40, 80), labels.slice(40, 80));
    using result = await runStep(calibrate, { config: { method: "isotonic" }, inputs: { predictions: filesOf(few) } });
    const { before, after } = result.outputs.report.json() as CalibrationReport;
    expect(after.nll).toBeGreaterThan(before.nll);
    expect(result.log).toContainEqual({
      level: "warn",
      message:
        "isotonic is worse than no calibration on the half it was not fitted to: " +
        `NLL ${before.nll.toFixed(4)} → ${after.nll.toFixed(4)}`,
    });
    using good = await runStep(calibrate, { inputs: { predictions: filesOf(predictions) } });
    expect(good.log.map(({ level }) => level)).not.toContain("warn");
  });

  it("refuses one class alone, and scores that are not finite", async () => {
    using one = await runStep(calibrate, {
      inputs: { predictions: filesOf(madePredictions("calib_fit", [0.2, 0.3], [0, 0])) },
    });
    expect(one.error).toMatchObject({ code: "one-class-labels" });
    using broken = await runStep(calibrate, {
      inputs: { predictions: filesOf(madePredictions("calib_fit", [Number.NaN, 0.3], [0, 1])) },
    });
    expect(broken.error).toMatchObject({ code: "scores-not-finite" });
  });

  it("refuses a class that only one half would have", async () => {
    const labels = [0, 0, 0, 0, 1];
    const predictions = filesOf(madePredictions("calib_fit", [0.1, 0.6, 0.3, 0.2, 0.7], labels));
    using result = await runStep(calibrate, { inputs: { predictions } });
    expect((result.error as StepError).toEnvelope()).toEqual({
      error: "one-class-labels",
      category: "input",
      detail:
        'There are 4 of "clear" and 1 of "works"; what is fitted to one half and judged by the other takes 2 of each.',
      hint: "Give calib_fit images of both classes.",
    });
  });

  it("refuses infinite logits, of which probabilities are 0 and 1", async () => {
    const predictions = filesOf(madePredictions("calib_fit", [1, 0, 0.7, 0.3], [1, 0, 1, 0]));
    using result = await runStep(calibrate, { config: { method: "isotonic" }, inputs: { predictions } });
    expect((result.error as StepError).toEnvelope()).toMatchObject({
      error: "scores-not-finite",
      detail: "2 of 8 logits are not finite numbers, the first at index 1.",
    });
  });
});

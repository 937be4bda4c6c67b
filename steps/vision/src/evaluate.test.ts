import { join } from "node:path";
import { StepError } from "@orchestrate/sdk";
import { type RunResult, runStep } from "@orchestrate/sdk/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import dataset from "./dataset.ts";
import type { Evaluation } from "./evaluate/evaluation.ts";
import evaluate from "./evaluate.ts";
import { marginGate } from "./fixtures/made-gate.ts";
import { filesOf, madePredictions } from "./fixtures/made-predictions.ts";
import type { Split } from "./images/image-set.ts";
import { readSplit } from "./images/read-split.ts";
import { generator } from "./random/generator.ts";

let data: RunResult<(typeof dataset)["definition"]["outputs"] & object>;
let split: Split;
beforeAll(async () => {
  data = await runStep(dataset, { config: { size: 8, scenes: { count: 400 } } });
  const { path } = data.outputs.val_test;
  split = readSplit({ path, file: (each) => join(path, each) }, "val_test");
});
afterAll(() => data.dispose());

const lineage = () => [
  { ...split.origin, split: "train" as const, labelled: true },
  { ...split.origin, split: "val_select" as const, labelled: true },
];

/** Predictions of val_test that are right four times in five. */
function predicted(changes: Partial<ReturnType<typeof madePredictions>> = {}) {
  const random = generator(1);
  const labels = [...split.labels];
  const probabilities = labels.map((label) => {
    const sure = random.between(0.5, 0.99);
    return (label === 1) === random.next() < 0.8 ? sure : 1 - sure;
  });
  const { origin, names, classes } = split;
  const model = { digest: `sha256:${"a".repeat(64)}`, fitted_on: lineage() };
  return madePredictions("val_test", probabilities, labels, { origin, names, classes, model, ...changes });
}

const run = (predictions: ReturnType<typeof madePredictions>, more: object = {}) =>
  runStep(evaluate, {
    config: { resamples: 200 },
    inputs: { predictions: filesOf(predictions), val_test: { path: data.outputs.val_test.path }, ...more },
  });

function gatePolicy(changes: object = {}) {
  const calibrator = { method: "platt", slope: 1, intercept: -1 };
  return {
    policy_type: "gate",
    class_names: ["clear", "roadworks"],
    model: `sha256:${"a".repeat(64)}`,
    fitted_on: [...lineage(), { ...split.origin, split: "calib_fit", labelled: true }],
    calibration: null,
    target: { coverage: 0.5, error: 0.2 },
    outcome: {
      status: "feasible",
      network: marginGate,
      calibrator,
      threshold: 0.5,
      coverage: 0.5,
      error: 0.1,
      accepted: 20,
    },
    ...changes,
  };
}

describe("vision/evaluate", () => {
  it("writes metrics with intervals, slices, hard examples and pictures", async () => {
    using result = await run(predicted());
    expect(result.error).toBeUndefined();
    const evaluation = result.outputs.evaluation.json() as Evaluation;
    expect(evaluation).toMatchObject({ count: 40, level: 0.95, resamples: 200, policy: null, drift: null });
    const { mcc, accuracy, auroc } = evaluation.metrics;
    expect(accuracy!.value).toBe(result.metrics.accuracy);
    expect(mcc!.interval!.low).toBeLessThan(mcc!.value!);
    expect(mcc!.interval!.high).toBeGreaterThan(mcc!.value!);
    expect(auroc!.interval!.high).toBeLessThanOrEqual(1);
    expect(result.metrics).toMatchObject({ mcc: mcc!.value, coverage: 1, fnr: expect.any(Number) });
    const columns = new Set(evaluation.slices.map(({ column }) => column));
    expect(columns).toEqual(new Set(["haze", "light"]));
    const lit = evaluation.slices.filter(({ column }) => column === "light");
    expect(lit.reduce((sum, { count }) => sum + count, 0)).toBe(40);
    const { fp, fn } = evaluation.confusion;
    expect(evaluation.hard.false_positives).toHaveLength(Math.min(8, fp));
    expect(evaluation.hard.false_negatives).toHaveLength(Math.min(8, fn));
    expect(result.outputs.metrics.json()).toMatchObject({ split: "val_test", count: 40, mcc: mcc!.value });
    for (const name of ["reliability", "roc", "precision_recall", "coverage_risk"] as const) {
      expect(result.outputs[name].text()).toMatch(/^<svg [\s\S]*<path|^<svg [\s\S]*<circle/);
    }
    expect(evaluation.selective.risk_at_coverage.map(({ coverage }) => coverage)).toEqual([0.5, 0.6, 0.7, 0.8, 0.9]);
    expect(evaluation.selective.coverage_at_risk.at(-1)!.coverage).toBeLessThanOrEqual(1);
    const sheet = result.outputs.hard_examples.text();
    const { false_positives, false_negatives, low_confidence_correct } = evaluation.hard;
    const shown = false_positives.length + false_negatives.length + low_confidence_correct.length;
    expect(sheet.match(/data:image\/png/g)).toHaveLength(shown);
  });

  it("judges what a policy decides, and how much of it", async () => {
    using result = await run(predicted(), { policy: { json: gatePolicy() } });
    expect(result.error).toBeUndefined();
    const evaluation = result.outputs.evaluation.json() as Evaluation;
    expect(evaluation.policy).toEqual({ policy_type: "gate", infeasible: null });
    const { tp, tn, fp, fn } = evaluation.confusion;
    expect(evaluation.metrics.coverage!.value).toBe((tp + tn + fp + fn) / 40);
    expect(evaluation.metrics.coverage!.value).toBeLessThan(1);
    expect(result.metrics.accuracy).toBeCloseTo((tp + tn) / (tp + tn + fp + fn), 12);
  });

  it("judges the likelier label where the policy is infeasible", async () => {
    const policy = gatePolicy({ outcome: { status: "infeasible", reason: "nothing will do" } });
    using result = await run(predicted(), { policy: { json: policy } });
    expect((result.outputs.evaluation.json() as Evaluation).policy).toEqual({
      policy_type: "gate",
      infeasible: "nothing will do",
    });
    expect(result.metrics.coverage).toBe(1);
    expect(result.log[0]).toMatchObject({
      level: "warn",
      message: "the policy is infeasible (nothing will do); the likelier label is judged instead",
    });
  });

  it("measures drift against train", async () => {
    const random = generator(7);
    const labels = Array.from({ length: 60 }, () => random.below(2));
    const shifted = labels.map(() => random.between(0.01, 0.3));
    const train = madePredictions("train", shifted, labels, { origin: { ...split.origin, split: "train" } });
    using result = await run(predicted(), { train: filesOf(train) });
    const { drift } = result.outputs.evaluation.json() as Evaluation;
    expect(drift!.psi).toBeGreaterThan(0.25);
    expect(drift!.ks.p).toBeLessThan(0.01);
    expect(drift!.mmd.p).toBeLessThan(0.05);
  });

  it("refuses a model or a policy that was fitted to val_test", async () => {
    const leak = { ...split.origin, labelled: true };
    const model = { digest: `sha256:${"a".repeat(64)}`, fitted_on: [...lineage(), leak] };
    using leaking = await run(predicted({ model }));
    expect((leaking.error as StepError).toEnvelope()).toMatchObject({
      error: "lineage-touches-split",
      category: "policy",
      detail: "vision/evaluate must not use the model on val_test: it was fitted on val_test.",
    });
    using swept = await run(predicted(), { policy: { json: gatePolicy({ fitted_on: [...lineage(), leak] }) } });
    expect(swept.error).toMatchObject({ code: "lineage-touches-split" });
  });

  it("refuses a split with other pictures than the predictions are of", async () => {
    using result = await run(predicted({ names: split.names.toReversed() }));
    expect(result.error).toBeInstanceOf(StepError);
    expect((result.error as StepError).toEnvelope()).toEqual({
      error: "pictures-differ",
      category: "input",
      detail: "The predictions are of 40 pictures of val_test, and the split holds others.",
      hint: "Wire predictions and split that come from one vision/dataset phase.",
    });
  });
});

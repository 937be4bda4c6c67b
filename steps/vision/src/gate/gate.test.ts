import { describe, expect, it } from "vitest";
import { cuts } from "../metrics/cuts.ts";
import { areaUnderRoc } from "../metrics/operating-curves.ts";
import { rankScores } from "../metrics/ranked-scores.ts";
import { generator } from "../random/generator.ts";
import { bestSelection, fitGate, type GateOptions } from "./fit-gate.ts";
import { gateLength, gateObjective } from "./gate-objective.ts";
import { gateScores } from "./gate-scores.ts";
import { trainGate } from "./train-gate.ts";

const options: GateOptions = {
  hidden: 8,
  decay: 0.001,
  folds: 5,
  weights: { selective: 0.5, coverage: 32, auxiliary: 0.5 },
  calibrator: "platt",
  coverage: 0.6,
  seeds: { folds: 1, weights: 2 },
};

/**
 * Pictures of two sorts, told by their first feature: on one the model is nearly always right, on the other it guesses,
 * with no less confidence.
 */
function sample(count: number, seed: number) {
  const random = generator(seed);
  const labels = new Uint8Array(count);
  const logits = new Float32Array(count * 2);
  const features = new Float32Array(count * 3);
  for (let row = 0; row < count; row++) {
    const isHard = random.next() < 0.3;
    labels[row] = random.below(2);
    const isRight = random.next() < (isHard ? 0.5 : 0.98);
    const size = random.between(1, 4);
    logits[row * 2 + 1] = (labels[row] === 1) === isRight ? size : -size;
    features.set([isHard ? random.between(1, 2) : random.between(-2, -1), random.normal(), random.normal()], row * 3);
  }
  const wrong = labels.map((label, row) => (logits[row * 2 + 1]! >= 0 === (label === 1) ? 0 : 1));
  return { inputs: { logits, features, width: 3 }, labels, wrong };
}

const errorsBy = (scores: Float64Array, wrong: Uint8Array) => areaUnderRoc(cuts(rankScores(scores, wrong)))!;

describe("gateObjective", () => {
  it("has the gradient that differences of its value show", () => {
    const random = generator(9);
    const shape = { width: 3, hidden: 4 };
    const units = Float64Array.from({ length: 5 * 3 }, () => random.normal());
    const task = { ...shape, units, losses: [0.1, 2, 0.5, 0.05, 1], targets: [0, 1, 1, 0, 1], target: 0.9 };
    const objective = gateObjective({ ...task, weights: options.weights, decay: 0.01 });
    const point = Float64Array.from({ length: gateLength(shape) }, () => 0.5 * random.normal());
    const gradient = new Float64Array(point.length);
    objective(point, gradient);
    for (const [at, slope] of gradient.entries()) {
      const moved = (by: number) =>
        objective(
          point.map((value, index) => (index === at ? value + by : value)),
          new Float64Array(point.length),
        );
      expect((moved(1e-5) - moved(-1e-5)) / 2e-5).toBeCloseTo(slope, 5);
    }
  });
});

describe("fitGate", () => {
  it.each([
    ["as SelectiveNet weighs it", options],
    ["as the original weighs it", { ...options, weights: { selective: 1, coverage: 1, auxiliary: 0.5 } }],
  ])("learns where a model goes wrong, which its confidence does not tell, %s", (_, chosen) => {
    const { inputs, labels, wrong } = sample(400, 1);
    const fitted = fitGate(inputs, labels, wrong, chosen);
    if ("reason" in fitted) throw new Error(fitted.reason);
    const fresh = sample(400, 2);
    const margins = Float64Array.from(fresh.labels, (_, row) => Math.abs(fresh.inputs.logits[row * 2 + 1]!));
    const byMargin = errorsBy(margins, fresh.wrong);
    const byGate = errorsBy(gateScores(fitted.outcome.network, fresh.inputs), fresh.wrong);
    expect(byMargin).toBeGreaterThan(0.4);
    expect(byGate).toBeLessThan(0.2);
    const best = bestSelection(fitted.selections, { coverage: 0.6, error: 0.05 })!;
    expect(best.coverage).toBeGreaterThan(0.6);
    expect(best.risk).toBeLessThanOrEqual(0.05);
  });

  it("calibrates on pictures that the gate was not trained on", () => {
    // Without anything to learn, cross-fitted scores tell nothing, and all are trusted alike: as often as calls are
    // right.
    const { inputs, labels, wrong } = sample(300, 3);
    const random = generator(4);
    // So many features that a gate learns by heart what it is trained on.
    const width = 60;
    const noise = { ...inputs, width, features: Float32Array.from({ length: 300 * width }, () => random.normal()) };
    const fitted = fitGate(noise, labels, wrong, options);
    if ("reason" in fitted) throw new Error(fitted.reason);
    const right = 1 - wrong.reduce((sum, each) => sum + each, 0) / wrong.length;
    const middle = fitted.selections.filter(({ coverage }) => coverage > 0.05 && coverage < 0.95);
    for (const { threshold } of middle) expect(Math.abs(threshold - right)).toBeLessThan(0.15);
    expect(bestSelection(fitted.selections, { coverage: 0.6, error: 0.02 })).toBeUndefined();
  });

  it("keeps a gate that is trained on all pictures", () => {
    const { inputs, labels, wrong } = sample(200, 5);
    const fitted = fitGate(inputs, labels, wrong, options);
    const chosen = { ...options, target: options.coverage, seed: options.seeds.weights };
    expect(fitted).toHaveProperty("outcome.network", trainGate(inputs, labels, [...wrong.keys()], chosen));
  });

  it.each(["platt", "isotonic"] as const)("is the same for equal seeds, calibrated by %s", (calibrator) => {
    const { inputs, labels, wrong } = sample(200, 5);
    const run = () => fitGate(inputs, labels, wrong, { ...options, calibrator });
    expect(run()).toEqual(run());
  });

  it("takes ten errors to learn from", () => {
    const { inputs, labels } = sample(200, 6);
    const wrong = labels.map((_, row) => (row < 10 ? 1 : 0));
    expect(fitGate(inputs, labels, wrong, options)).toHaveProperty("outcome.status", "calibrated");
  });

  it("says that fewer than ten errors tell nothing", () => {
    const { inputs, labels } = sample(200, 6);
    const wrong = labels.map((_, row) => (row < 9 ? 1 : 0));
    expect(fitGate(inputs, labels, wrong, options)).toEqual({
      reason: "the model is wrong on 9 of 200 pictures of calib_fit, and it takes 10 errors",
    });
  });
});

describe("bestSelection", () => {
  const selections = [
    { threshold: 0.2, coverage: 1, risk: 0.3, accepted: 10, errors: 3 },
    { threshold: 0.5, coverage: 0.8, risk: 0.125, accepted: 8, errors: 1 },
    { threshold: 0.9, coverage: 0.5, risk: 0, accepted: 5, errors: 0 },
  ];

  it.each([
    [{ coverage: 0.8, error: 0.125 }, 0.5],
    [{ coverage: 0.5, error: 0.124 }, 0.9],
    [{ coverage: 0.4, error: 0.5 }, 0.2],
    [{ coverage: 0.5, error: 0 }, 0.9],
    [{ coverage: 0.81, error: 0.125 }, undefined],
  ])("of %j is at %d", (target, threshold) => {
    expect(bestSelection(selections, target)?.threshold).toBe(threshold);
  });
});

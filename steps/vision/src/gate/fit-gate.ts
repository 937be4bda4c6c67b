import { fitPlatt } from "../calibrate/fit-calibration.ts";
import { cuts } from "../metrics/cuts.ts";
import { rankScores } from "../metrics/ranked-scores.ts";
import { type Selection, selectionAt } from "../metrics/risk-coverage.ts";
import { fitIsotonic } from "../optimize/fit-isotonic.ts";
import { stratifiedFolds } from "../random/stratified-folds.ts";
import { calibratedGate } from "./calibrated-gate.ts";
import type { Gate, GateCalibrator } from "./gate.ts";
import type { ObjectiveWeights } from "./gate-objective.ts";
import { type GateInputs, gateScores } from "./gate-scores.ts";
import { trainGate } from "./train-gate.ts";

/** Fewer wrong calls than this tell nothing of where a model goes wrong. */
const leastErrors = 10;

export interface GateOptions {
  readonly hidden: number;
  readonly decay: number;
  readonly folds: number;
  readonly weights: ObjectiveWeights;
  readonly calibrator: GateCalibrator["method"];
  readonly coverage: number;
  readonly seeds: { readonly folds: number; readonly weights: number };
}

export interface FittedGate {
  readonly outcome: Extract<Gate["outcome"], { status: "calibrated" }>;
  /** Every way to accept by the trust that gates gave to pictures they were not trained on, ascending by threshold. */
  readonly selections: readonly Selection[];
}

/**
 * Trains a gate, and calibrates it on cross-fitted scores: each picture is scored by a gate that was trained on the
 * other folds; the gate that is kept is trained on all of them. (So does scikit-learn's `CalibratedClassifierCV` with
 * `ensemble=False`.)
 *
 * @param wrong 1 where the model's call is wrong.
 * @returns the reason where there are too few errors to learn from, or to show anything.
 */
export function fitGate(
  inputs: GateInputs,
  labels: Uint8Array,
  wrong: Uint8Array,
  options: GateOptions,
): FittedGate | { readonly reason: string } {
  const errors = wrong.reduce((sum, each) => sum + each, 0);
  if (errors < leastErrors) {
    const found = `the model is wrong on ${errors} of ${wrong.length} pictures of calib_fit`;
    return { reason: `${found}, and it takes ${leastErrors} errors` };
  }
  const train = (rows: readonly number[]) =>
    trainGate(inputs, labels, rows, { ...options, target: options.coverage, seed: options.seeds.weights });
  const folds = stratifiedFolds(wrong, options.folds, options.seeds.folds);
  const scores = new Float64Array(wrong.length);
  for (const fold of folds) {
    const all = gateScores(train(folds.filter((other) => other !== fold).flat()), inputs);
    for (const row of fold) scores[row] = all[row]!;
  }
  const right = wrong.map((each) => 1 - each);
  const calibrator = fitCalibrator(options.calibrator, scores, right);
  const trust = cuts(rankScores(calibratedGate(calibrator, scores), wrong));
  return {
    outcome: { status: "calibrated", network: train([...wrong.keys()]), calibrator },
    selections: Array.from(trust.thresholds.keys(), (cut) => selectionAt(trust, cut)),
  };
}

/** The selection of greatest coverage with at most this error, if its coverage is enough. */
export function bestSelection(
  selections: readonly Selection[],
  target: { readonly coverage: number; readonly error: number },
): Selection | undefined {
  return selections.find(({ risk, coverage }) => risk <= target.error && coverage >= target.coverage);
}

function fitCalibrator(method: GateCalibrator["method"], scores: Float64Array, right: Uint8Array): GateCalibrator {
  switch (method) {
    case "platt":
      return { method, ...fitPlatt(scores, right) };
    case "isotonic":
      return { method, ...fitIsotonic(scores, right) };
    default:
      return method satisfies never;
  }
}

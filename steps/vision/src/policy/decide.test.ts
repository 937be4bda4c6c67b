import { describe, expect, it } from "vitest";
import { marginGate } from "../fixtures/made-gate.ts";
import { madePredictions, trainedWell } from "../fixtures/made-predictions.ts";
import { decide } from "./decide.ts";
import type { Policy } from "./policy.ts";

const predictions = madePredictions("val_test", [0.1, 0.4, 0.6, 0.9], [0, 0, 1, 1]);
const base = {
  class_names: ["clear", "works"],
  model: predictions.model.digest,
  fitted_on: trainedWell,
  calibration: null,
};
const metrics = { mcc: 1, accuracy: 1, precision: 1, recall: 1, f1: 1, fnr: 0, fpr: 0, tp: 1, tn: 1, fp: 0, fn: 0 };
const found = { count: 4, selected: 4, decided: 2, risk: 0 };

const calls = (policy: Policy, batch: "single" | "joint" = "single") =>
  decide(policy, predictions, batch).map(({ call }) => call);

describe("decide", () => {
  it("calls positive from the threshold on", () => {
    const selective = { threshold: 0.5, coverage_floor: 1, coverage: 1, risk: 0, accepted: 1, errors: 0 };
    const policy = {
      policy_type: "threshold",
      ...base,
      threshold: 0.35,
      optimize_metric: "mcc",
      metrics,
      coverage: 1,
      split_used: "calib_fit",
      selective,
      n_cut_points: 5,
    } as const;
    expect(calls(policy)).toEqual([0, 1, 1, 1]);
    const shifted = { method: "platt", slope: 1, intercept: -1 } as const;
    const decisions = decide({ ...policy, calibration: shifted }, predictions);
    expect(decisions.map(({ call }) => call)).toEqual([0, 0, 1, 1]);
    expect(decisions[3]!.probability).toBeCloseTo(1 / (1 + Math.exp(1) / 9), 5);
  });

  it("calls the likelier label where it only calibrates", () => {
    const calibration = { method: "platt", slope: 1, intercept: 1 } as const;
    expect(calls({ policy_type: "platt", ...base, calibration, metrics, coverage: 1 })).toEqual([0, 1, 1, 1]);
  });

  it("defers what the gate does not trust, and all where there is no gate", () => {
    const outcome = {
      status: "feasible",
      network: marginGate,
      calibrator: { method: "platt", slope: 1, intercept: 0 },
      threshold: 0.8,
      coverage: 0.5,
      error: 0,
      accepted: 2,
    } as const;
    const gate = { policy_type: "gate", ...base, target: { coverage: 0.5, error: 0 } } as const;
    expect(calls({ ...gate, outcome })).toEqual([0, null, null, 1]);
    const isotonic = { method: "isotonic" as const, at: [0, 1], values: [0, 1] };
    expect(calls({ ...gate, outcome: { ...outcome, calibrator: isotonic } })).toEqual([0, null, null, 1]);
    // Trusted exactly as much as it takes.
    expect(calls({ ...gate, outcome: { ...outcome, calibrator: isotonic, threshold: 1 } })).toEqual([0, null, null, 1]);
    expect(calls({ ...gate, outcome: { status: "infeasible", reason: "" } })).toEqual([null, null, null, null]);
  });

  it("gives one label or both by SCRC-I, by margin or by a gate", () => {
    const outcome = { status: "feasible", variant: "I", lambda1: 1, lambda2: 0.7, delta: 0.1 } as const;
    const scrc = { policy_type: "scrc", ...base, alpha: 0.1, xi: 0.5, loss: "miscoverage", found } as const;
    expect(calls({ ...scrc, outcome, score: { by: "margin" } })).toEqual([0, null, null, 1]);
    expect(calls({ ...scrc, outcome, score: { by: "gate", network: marginGate } })).toEqual([0, null, null, 1]);
    const open = { ...outcome, lambda1: 0, lambda2: 0.95 };
    expect(calls({ ...scrc, outcome: open, score: { by: "margin" } })).toEqual([null, null, null, null]);
    const infeasible = { status: "infeasible", variant: "I", reason: "" } as const;
    expect(calls({ ...scrc, outcome: infeasible, score: { by: "margin" } })).toEqual([null, null, null, null]);
  });

  it("selects by SCRC-T each picture by itself, or all of them jointly", () => {
    const calibration = Array.from({ length: 19 }, (_, index): [number, number] => [0.1 + index / 100, 0]);
    const outcome = { status: "feasible", variant: "T", calibration } as const;
    const scrc = {
      policy_type: "scrc",
      ...base,
      alpha: 0.5,
      xi: 0.1,
      loss: "miscoverage",
      found,
      outcome,
      score: { by: "margin" },
    } as const;
    // One by one, each is among the two greatest of twenty; together only the first three of twenty-three are taken.
    expect(calls(scrc)).toEqual([0, 0, 1, 1]);
    const joint = calls({ ...scrc, xi: 0.09 }, "joint");
    expect(joint.filter((call) => call !== null).length).toBeLessThan(4);
  });
});

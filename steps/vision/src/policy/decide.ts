import { calibrated, margin } from "../calibrate/calibrated.ts";
import { calibratedGate } from "../gate/calibrated-gate.ts";
import { type GateInputs, gateScores } from "../gate/gate-scores.ts";
import { type Batch, decideSelected } from "../scrc/decide-selected.ts";
import type { Policy } from "./policy.ts";
import type { SelectionScore } from "./scrc-policy.ts";

/** What a policy makes of one picture. */
export interface Decision {
  /** The label, or null where the policy defers. */
  readonly call: 0 | 1 | null;
  /** Of the positive class, calibrated where the policy says how. */
  readonly probability: number;
}

/**
 * Decides on pictures, by what a model says of them: logits of shape [count, 2] and features of shape [count, width].
 *
 * @param batch only SCRC-T heeds it: whether each picture is decided as if it came alone, or all are selected jointly;
 * both keep the promise, and they may differ.
 */
export function decide(policy: Policy, inputs: GateInputs, batch: Batch = "single"): Decision[] {
  const probabilities = calibrated(policy.calibration, inputs.logits);
  const decisions = (callOf: (probability: number, row: number) => Decision["call"]) =>
    Array.from(probabilities, (probability, row) => ({ call: callOf(probability, row), probability }));
  switch (policy.policy_type) {
    case "threshold":
      return decisions((p) => (p >= policy.threshold ? 1 : 0));
    case "temperature":
    case "platt":
    case "isotonic":
    case "beta":
    case "dirichlet":
      return decisions(likelier);
    case "gate": {
      const { outcome } = policy;
      if (outcome.status !== "feasible") return decisions(() => null);
      const trust = calibratedGate(outcome.calibrator, gateScores(outcome.network, inputs));
      return decisions((p, row) => (trust[row]! >= outcome.threshold ? likelier(p) : null));
    }
    case "scrc": {
      const confidences = probabilities.map((p) => Math.max(p, 1 - p));
      const scores = selectionScores(policy.score, inputs);
      const decided = decideSelected(policy, scores, confidences, batch);
      return decisions((p, row) => (decided[row] === 1 ? likelier(p) : null));
    }
    default:
      return policy satisfies never;
  }
}

/** What images are selected by: the greater, the likelier. */
export function selectionScores(score: SelectionScore, inputs: GateInputs): Float64Array {
  switch (score.by) {
    case "margin":
      return Float64Array.from({ length: inputs.logits.length / 2 }, (_, row) => Math.abs(margin(inputs.logits, row)));
    case "gate":
      return gateScores(score.network, inputs);
    default:
      return score satisfies never;
  }
}

function likelier(probability: number): 0 | 1 {
  return probability >= 0.5 ? 1 : 0;
}

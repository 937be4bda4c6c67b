import { margin } from "../calibrate/calibrated.ts";
import type { GateNetwork } from "./gate.ts";

/** What a gate looks at: logits of shape [count, 2] and features of shape [count, width]. */
export interface GateInputs {
  readonly logits: ArrayLike<number>;
  readonly features: ArrayLike<number>;
  readonly width: number;
}

/** The gate's score of each picture: see `GateNetwork`. */
export function gateScores(network: GateNetwork, inputs: GateInputs): Float64Array {
  return Float64Array.from({ length: inputs.logits.length / 2 }, (_, row) => {
    const hidden = Float64Array.from(network.bias);
    for (const [at, weights] of network.weights.entries()) {
      const unit = (inputAt(inputs, row, at) - network.mean[at]!) / network.deviation[at]!;
      for (const [column, weight] of weights.entries()) hidden[column] = hidden[column]! + unit * weight;
    }
    return hidden.reduce((sum, value, at) => sum + Math.max(0, value) * network.select[at]!, network.selectBias);
  });
}

/** Input number `at` of a picture: its features, then |l₁ − l₀|. */
export function inputAt({ logits, features, width }: GateInputs, row: number, at: number): number {
  return at < width ? features[row * width + at]! : Math.abs(margin(logits, row));
}

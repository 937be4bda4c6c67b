import { logSigmoid, margin } from "../calibrate/calibrated.ts";
import { minimize } from "../optimize/minimize.ts";
import { generator } from "../random/generator.ts";
import type { GateNetwork } from "./gate.ts";
import { type GateShape, gateLength, gateObjective, gateParts, type ObjectiveWeights } from "./gate-objective.ts";
import { type GateInputs, inputAt } from "./gate-scores.ts";

/**
 * Trains a gate before a classifier that stays as it is; see `gateObjective`. Equal seeds give equal gates.
 *
 * @param rows the pictures to train on, by position.
 */
export function trainGate(
  inputs: GateInputs,
  labels: ArrayLike<number>,
  rows: readonly number[],
  options: {
    readonly hidden: number;
    readonly target: number;
    readonly weights: ObjectiveWeights;
    readonly decay: number;
    readonly seed: number;
  },
): GateNetwork {
  const { mean, deviation, units } = standardise(inputs, rows);
  const width = inputs.width + 1;
  const { hidden } = options;
  const losses = rows.map((row) => {
    const lead = margin(inputs.logits, row);
    return -(labels[row] === 1 ? logSigmoid(lead) : logSigmoid(-lead));
  });
  const targets = rows.map((row) => labels[row]!);
  const shape = { width, hidden };
  const found = minimize(gateObjective({ ...shape, ...options, units, losses, targets }), begin(shape, options.seed), {
    iterations: 200,
    tolerance: 1e-6,
  });
  const { weights, bias, select } = gateParts(found, shape);
  return {
    mean,
    deviation,
    weights: Array.from({ length: width }, (_, at) => [...weights.subarray(at * hidden, (at + 1) * hidden)]),
    bias: [...bias],
    select: [...select.subarray(0, hidden)],
    selectBias: select[hidden]!,
  };
}

function begin({ width, hidden }: GateShape, seed: number): Float64Array {
  const random = generator(seed);
  const flat = new Float64Array(gateLength({ width, hidden }));
  const spread = (values: Float64Array, deviation: number) => {
    for (let at = 0; at < values.length; at++) values[at] = deviation * random.normal();
  };
  const { weights, select, auxiliary } = gateParts(flat, { width, hidden });
  spread(weights, Math.sqrt(2 / width));
  spread(select, 0.1);
  spread(auxiliary, 0.1);
  return flat;
}

function standardise(inputs: GateInputs, rows: readonly number[]) {
  const width = inputs.width + 1;
  const units = new Float64Array(rows.length * width);
  const mean: number[] = [];
  const deviation: number[] = [];
  for (let at = 0; at < width; at++) {
    const values = rows.map((row) => inputAt(inputs, row, at));
    const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length);
    mean.push(middle);
    // An input that never changes tells nothing; it comes out as 0.
    deviation.push(spread > 1e-12 ? spread : 1);
    for (const [index, value] of values.entries()) units[index * width + at] = (value - middle) / deviation[at]!;
  }
  return { mean, deviation, units };
}

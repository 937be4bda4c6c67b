import type { CalibrationMap } from "./calibration.ts";

/**
 * Probabilities of the positive class for logits of shape [count, 2], through a map, or as they are (softmax) without
 * one.
 */
export function calibrated(map: CalibrationMap | null, logits: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: logits.length / 2 }, (_, row) => {
    return map === null ? sigmoid(margin(logits, row)) : apply(map, margin(logits, row));
  });
}

/** l₁ − l₀. Every map needs nothing else: softmax does not change where both logits move alike. */
export function margin(logits: ArrayLike<number>, row: number): number {
  return logits[row * 2 + 1]! - logits[row * 2]!;
}

export function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

/** ln σ(value), exact where σ(value) is nearly 0. */
export function logSigmoid(value: number): number {
  return value > 0 ? -Math.log1p(Math.exp(-value)) : value - Math.log1p(Math.exp(value));
}

function apply(map: CalibrationMap, difference: number): number {
  switch (map.method) {
    case "temperature":
      return sigmoid(difference / map.temperature);
    case "platt":
      return sigmoid(map.slope * difference + map.intercept);
    case "isotonic":
      return interpolate(map.at, map.values, difference);
    case "beta":
      return sigmoid(map.a * logSigmoid(difference) - map.b * logSigmoid(-difference) + map.c);
    case "dirichlet": {
      const no = logSigmoid(-difference);
      const yes = logSigmoid(difference);
      const [first, second] = map.weights;
      const lead = (second[0] - first[0]) * no + (second[1] - first[1]) * yes;
      return sigmoid(lead + map.bias[1] - map.bias[0]);
    }
    default:
      return map satisfies never;
  }
}

/** The value at a place among ascending ones: linear between them, flat beyond. */
export function interpolate(at: readonly number[], values: readonly number[], where: number): number {
  const above = at.findIndex((each) => each >= where);
  if (above < 0) return values.at(-1)!;
  if (above === 0 || at[above] === where) return values[above]!;
  const share = (where - at[above - 1]!) / (at[above]! - at[above - 1]!);
  return values[above - 1]! + share * (values[above]! - values[above - 1]!);
}

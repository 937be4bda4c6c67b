import type { TensorSpec } from "../network/tensor-spec.ts";

/** What the optimizer changes; all vectors are flat and of equal length. */
export interface OptimizerState {
  readonly values: Float32Array;
  readonly moment1: Float32Array;
  readonly moment2: Float32Array;
  /** Exponential moving average of `values`. */
  readonly average: Float32Array;
  /** Updates made so far. */
  step: number;
}

export interface OptimizerOptions {
  readonly weightDecay: number;
  /** Greatest length of a gradient; a longer one is shortened to it. */
  readonly clip: number;
  /** Greatest decay of the moving average; early on it is (1 + step) / (10 + step). */
  readonly averageDecay: number;
}

/** Starts from `values`, which become the state's own. */
export function startOptimizer(values: Float32Array): OptimizerState {
  return {
    values,
    moment1: new Float32Array(values.length),
    moment2: new Float32Array(values.length),
    average: values.slice(),
    step: 0,
  };
}

/**
 * Makes one update in place: AdamW (Loshchilov and Hutter, arXiv 1711.05101; β₁ 0.9, β₂ 0.999, ε 1e-8) on the clipped
 * gradient, then the moving average.
 */
export function update(
  state: OptimizerState,
  gradient: Float32Array,
  specs: readonly TensorSpec[],
  rate: number,
  options: OptimizerOptions,
): void {
  const { values, moment1, moment2, average } = state;
  state.step++;
  const scale = Math.min(1, options.clip / (norm(gradient) + 1e-12));
  const correction1 = 1 - 0.9 ** state.step;
  const correction2 = 1 - 0.999 ** state.step;
  const keep = Math.min(options.averageDecay, (1 + state.step) / (10 + state.step));
  for (const { offset, length, decays } of specs) {
    const shrink = decays ? 1 - rate * options.weightDecay : 1;
    for (let index = offset; index < offset + length; index++) {
      const slope = gradient[index]! * scale;
      const mean = 0.9 * moment1[index]! + 0.1 * slope;
      const square = 0.999 * moment2[index]! + 0.001 * slope * slope;
      moment1[index] = mean;
      moment2[index] = square;
      values[index] =
        values[index]! * shrink - (rate * (mean / correction1)) / (Math.sqrt(square / correction2) + 1e-8);
      average[index] = keep * average[index]! + (1 - keep) * values[index]!;
    }
  }
}

/** The Euclidean length of a gradient; not finite where one of its elements isn't. */
export function norm(gradient: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < gradient.length; index++) sum += gradient[index]! * gradient[index]!;
  return Math.sqrt(sum);
}

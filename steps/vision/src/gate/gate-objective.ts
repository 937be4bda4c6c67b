import { logSigmoid, sigmoid } from "../calibrate/calibrated.ts";
import type { Objective } from "../optimize/minimize.ts";

/** selective · [risk + coverage · max(0, c − φ)²] + auxiliary · CE. */
export interface ObjectiveWeights {
  readonly selective: number;
  readonly coverage: number;
  readonly auxiliary: number;
}

export interface GateShape {
  /** Inputs. */
  readonly width: number;
  readonly hidden: number;
}

/** What a gate is trained on. */
export interface GateTask extends GateShape {
  /** [count, width]: inputs of mean 0 and deviation 1. */
  readonly units: Float64Array;
  /** The classifier's cross-entropy on each picture. */
  readonly losses: readonly number[];
  /** Labels, 0 or 1, for the auxiliary head. */
  readonly targets: readonly number[];
  /** c: the coverage that is asked for. */
  readonly target: number;
  readonly weights: ObjectiveWeights;
  /** The cost of the squares of all parameters. */
  readonly decay: number;
}

/**
 * SelectiveNet's objective for a gate before a classifier that stays as it is (Geifman and El-Yaniv 2019, arXiv
 * 1901.09192): with selection g = σ(score), φ = mean g, and the classifier's cross-entropy ℓ, risk = Σ g·ℓ / Σ g. An
 * auxiliary head on the same hidden values learns the labels, which keeps those telling.
 */
export function gateObjective(task: GateTask): Objective {
  const count = task.targets.length;
  const { hidden } = task;
  const hiddens = new Float64Array(count * hidden);
  return (point, gradient) => {
    const here = gateParts(point, task);
    const { selections, guesses } = forward(task, here, hiddens);
    const selected = selections.reduce((sum, each) => sum + each, 0);
    const risk = selections.reduce((sum, each, row) => sum + each * task.losses[row]!, 0) / selected;
    const lacking = Math.max(0, task.target - selected / count);
    const { selective, coverage, auxiliary } = task.weights;
    let value = selective * (risk + coverage * lacking ** 2);
    gradient.fill(0);
    const slope = gateParts(gradient, task);
    for (let row = 0; row < count; row++) {
      const g = selections[row]!;
      const onSelection = (task.losses[row]! - risk) / selected - (2 * coverage * lacking) / count;
      const onSelect = selective * onSelection * g * (1 - g);
      const lead = guesses[row]!;
      value -= (auxiliary * (task.targets[row] === 1 ? logSigmoid(lead) : logSigmoid(-lead))) / count;
      const onGuess = (auxiliary * (sigmoid(lead) - task.targets[row]!)) / count;
      backward(task, row, hiddens, here, slope, { onSelect, onGuess });
    }
    for (let at = 0; at < point.length; at++) {
      value += task.decay * point[at]! ** 2;
      gradient[at] = gradient[at]! + 2 * task.decay * point[at]!;
    }
    return value;
  };
}

export interface GateParts {
  /** [width, hidden]. */
  readonly weights: Float64Array;
  readonly bias: Float64Array;
  /** The heads, each with its bias last. */
  readonly select: Float64Array;
  readonly auxiliary: Float64Array;
}

/** How many parameters a gate has. */
export function gateLength({ width, hidden }: GateShape): number {
  return width * hidden + hidden + 2 * (hidden + 1);
}

/** Views into the flat vector of a gate's parameters. */
export function gateParts(flat: Float64Array, { width, hidden }: GateShape): GateParts {
  const first = width * hidden;
  return {
    weights: flat.subarray(0, first),
    bias: flat.subarray(first, first + hidden),
    select: flat.subarray(first + hidden, first + 2 * hidden + 1),
    auxiliary: flat.subarray(first + 2 * hidden + 1),
  };
}

function forward(
  { width, hidden, units, targets }: GateTask,
  here: GateParts,
  hiddens: Float64Array,
): { readonly selections: Float64Array; readonly guesses: Float64Array } {
  const selections = new Float64Array(targets.length);
  const guesses = new Float64Array(targets.length);
  for (let row = 0; row < targets.length; row++) {
    const values = hiddens.subarray(row * hidden, (row + 1) * hidden);
    values.set(here.bias);
    for (let at = 0; at < width; at++) {
      const unit = units[row * width + at]!;
      for (let column = 0; column < hidden; column++) {
        values[column] = values[column]! + unit * here.weights[at * hidden + column]!;
      }
    }
    let select = here.select[hidden]!;
    let guess = here.auxiliary[hidden]!;
    for (let column = 0; column < hidden; column++) {
      const value = Math.max(0, values[column]!);
      values[column] = value;
      select += value * here.select[column]!;
      guess += value * here.auxiliary[column]!;
    }
    selections[row] = sigmoid(select);
    guesses[row] = guess;
  }
  return { selections, guesses };
}

function backward(
  { width, hidden, units }: GateTask,
  row: number,
  hiddens: Float64Array,
  here: GateParts,
  slope: GateParts,
  { onSelect, onGuess }: { readonly onSelect: number; readonly onGuess: number },
): void {
  slope.select[hidden] = slope.select[hidden]! + onSelect;
  slope.auxiliary[hidden] = slope.auxiliary[hidden]! + onGuess;
  for (let column = 0; column < hidden; column++) {
    const active = hiddens[row * hidden + column]!;
    if (active === 0) continue;
    slope.select[column] = slope.select[column]! + onSelect * active;
    slope.auxiliary[column] = slope.auxiliary[column]! + onGuess * active;
    const onHidden = onSelect * here.select[column]! + onGuess * here.auxiliary[column]!;
    slope.bias[column] = slope.bias[column]! + onHidden;
    for (let at = 0; at < width; at++) {
      const place = at * hidden + column;
      slope.weights[place] = slope.weights[place]! + onHidden * units[row * width + at]!;
    }
  }
}

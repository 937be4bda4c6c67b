import { fitIsotonic } from "../optimize/fit-isotonic.ts";
import { minimize } from "../optimize/minimize.ts";
import { logSigmoid, margin, sigmoid } from "./calibrated.ts";
import type { CalibrationMap, CalibrationMethod } from "./calibration.ts";

/** The least and the greatest temperature. */
const coolest = 0.1;
const hottest = 10;

/** Fits a map to logits of shape [count, 2] and their labels, of both classes. */
export function fitCalibration(
  method: CalibrationMethod,
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
): CalibrationMap {
  const margins = Float64Array.from({ length: labels.length }, (_, row) => margin(logits, row));
  switch (method) {
    case "temperature":
      return { method, temperature: fitTemperature(margins, labels) };
    case "platt":
      return { method, ...fitPlatt(margins, labels) };
    case "isotonic":
      return { method, ...fitIsotonic(margins, labels) };
    case "beta":
      return { method, ...fitBeta(margins, labels) };
    case "dirichlet":
      return { method, ...fitDirichlet(margins, labels) };
    default:
      return method satisfies never;
  }
}

/**
 * Cross-entropy is convex in 1/T, so the best of an interval is the best of all, brought into it. Where no call is
 * wrong there is no best one, as ever colder ones are better; T stays 1.
 */
function fitTemperature(margins: Float64Array, labels: ArrayLike<number>): number {
  if (margins.every((margin, row) => margin > 0 === (labels[row] === 1))) return 1;
  const [inverse] = fitLinear([margins], labels, Float64Array.of(1));
  return inverse! <= 1 / hottest ? hottest : Math.max(coolest, 1 / inverse!);
}

/**
 * Platt's sigmoid, with his smoothed targets: (N₊ + 1)/(N₊ + 2) for positives and 1/(N₋ + 2) for negatives, by which
 * separated scores have a best slope as well.
 *
 * @param scores any numbers, the greater the likelier label 1.
 */
export function fitPlatt(
  scores: Float64Array,
  labels: ArrayLike<number>,
): { readonly slope: number; readonly intercept: number } {
  const positives = Array.from(labels).filter((label) => label === 1).length;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (labels.length - positives + 2);
  const targets = Array.from(labels, (label) => (label === 1 ? high : low));
  const [slope, intercept] = fitLinear([scores, ones(scores.length)], targets, Float64Array.of(1, 0));
  return { slope: slope!, intercept: intercept! };
}

/**
 * As its authors do: where a or b comes out below 0, it is taken as 0 and the others are fitted anew, the last by
 * itself where both do. Where one threshold parts the classes there is no best map; it stays the identity.
 */
function fitBeta(margins: Float64Array, labels: ArrayLike<number>): { a: number; b: number; c: number } {
  if (isSeparated(margins, labels)) return { a: 1, b: 1, c: 0 };
  const yes = margins.map(logSigmoid);
  const no = margins.map((each) => -logSigmoid(-each));
  const one = ones(margins.length);
  const [a, b, c] = fitLinear([yes, no, one], labels, Float64Array.of(1, 1, 0));
  if (a! >= 0 && b! >= 0) return { a: a!, b: b!, c: c! };
  const [slope, intercept] = fitLinear([a! < 0 ? no : yes, one], labels, Float64Array.of(1, 0));
  if (slope! < 0) return { a: 0, b: 0, c: fitLinear([one], labels, Float64Array.of(0))[0]! };
  return a! < 0 ? { a: 0, b: slope!, c: intercept! } : { a: slope!, b: 0, c: intercept! };
}

/** Cross-entropy, and ODIR: off-diagonal weights and biases cost their squares, times 0.01. */
function fitDirichlet(
  margins: Float64Array,
  labels: ArrayLike<number>,
): { weights: [[number, number], [number, number]]; bias: [number, number] } {
  const cost = 0.01;
  const yes = margins.map(logSigmoid);
  const no = margins.map((each) => logSigmoid(-each));
  const objective = (point: Float64Array, gradient: Float64Array) => {
    const [w00, w01, w10, w11, b0, b1] = point;
    gradient.fill(0);
    let value = 0;
    for (let row = 0; row < margins.length; row++) {
      const lead = (w10! - w00!) * no[row]! + (w11! - w01!) * yes[row]! + b1! - b0!;
      const off = (sigmoid(lead) - labels[row]!) / margins.length;
      value -= (labels[row] === 1 ? logSigmoid(lead) : logSigmoid(-lead)) / margins.length;
      for (const [at, part] of [no[row]!, yes[row]!].entries()) {
        gradient[at] = gradient[at]! - off * part;
        gradient[at + 2] = gradient[at + 2]! + off * part;
      }
      gradient[4] = gradient[4]! - off;
      gradient[5] = gradient[5]! + off;
    }
    for (const at of [1, 2, 4, 5]) {
      value += cost * point[at]! ** 2;
      gradient[at] = gradient[at]! + 2 * cost * point[at]!;
    }
    return value;
  };
  const [w00, w01, w10, w11, b0, b1] = minimize(objective, Float64Array.of(1, 0, 0, 1, 0, 0));
  return {
    weights: [
      [w00!, w01!],
      [w10!, w11!],
    ],
    bias: [b0!, b1!],
  };
}

/** The weights of σ(Σ weight · column) with least cross-entropy against targets in [0, 1]. */
function fitLinear(columns: readonly Float64Array[], targets: ArrayLike<number>, start: Float64Array): Float64Array {
  const count = targets.length;
  return minimize((weights, gradient) => {
    gradient.fill(0);
    let value = 0;
    for (let row = 0; row < count; row++) {
      let lead = 0;
      for (const [at, column] of columns.entries()) lead += weights[at]! * column[row]!;
      const target = targets[row]!;
      value -= (target * logSigmoid(lead) + (1 - target) * logSigmoid(-lead)) / count;
      const off = (sigmoid(lead) - target) / count;
      for (const [at, column] of columns.entries()) gradient[at] = gradient[at]! + off * column[row]!;
    }
    return value;
  }, start);
}

function isSeparated(margins: Float64Array, labels: ArrayLike<number>): boolean {
  const least = margins.reduce((low, margin, row) => (labels[row] === 1 ? Math.min(low, margin) : low), Infinity);
  return margins.every((margin, row) => labels[row] === 1 || margin < least);
}

function ones(length: number): Float64Array {
  return new Float64Array(length).fill(1);
}

import type { ScrcPolicy } from "../policy/scrc-policy.ts";
import { allowedOnAverage } from "./allowed-errors.ts";
import { leastLambda } from "./calibration-pair.ts";

/** `single`: each picture as if it came alone; `joint`: all that are given are selected together. */
export type Batch = "single" | "joint";

/**
 * Whether each picture gets one label (1) or is deferred (0), being not selected or getting both.
 *
 * @param scores selection scores.
 * @param confidences max(p, 1 − p), of the same pictures.
 */
export function decideSelected(
  { outcome, alpha, xi }: Pick<ScrcPolicy, "outcome" | "alpha" | "xi">,
  scores: Float64Array,
  confidences: Float64Array,
  batch: Batch,
): Uint8Array {
  if (outcome.status === "infeasible") return new Uint8Array(scores.length);
  switch (outcome.variant) {
    case "I":
      return mapPairs(scores, confidences, (score, confidence) => {
        return score > outcome.lambda1 && confidence > outcome.lambda2;
      });
    case "T": {
      const calibration = outcome.calibration.toSorted(([a], [b]) => b - a);
      const lambdaOf = lambdaByCount(calibration, alpha);
      const cut = batch === "joint" ? jointCut(calibration, scores, xi) : undefined;
      return mapPairs(scores, confidences, (score, confidence) => {
        const threshold = cut ?? jointCut(calibration, Float64Array.of(score), xi);
        return score >= threshold && confidence > lambdaOf(countFrom(calibration, threshold));
      });
    }
    default:
      return outcome satisfies never;
  }
}

type Pairs = readonly (readonly [score: number, needed: number])[];

/**
 * λ₁ of SCRC-T: with n calibration pictures and m to be decided, the ⌈ξ(n + m)⌉-th greatest of all their scores. It
 * does not depend on which are which, so what is selected stays exchangeable (the paper's lemma 1).
 *
 * @param calibration descending by score.
 */
function jointCut(calibration: Pairs, scores: Float64Array, xi: number): number {
  const rank = Math.max(1, Math.ceil(xi * (calibration.length + scores.length) - 1e-9));
  const descending = scores.length === 1 ? scores : scores.slice().sort().reverse();
  let taken = 0;
  let i = 0;
  let j = 0;
  let cut = Infinity;
  while (taken < rank) {
    const ours = calibration[i]?.[0] ?? -Infinity;
    const theirs = descending[j] ?? -Infinity;
    cut = Math.max(ours, theirs);
    if (ours >= theirs) i++;
    else j++;
    taken++;
  }
  return cut;
}

/** How many calibration pictures have at least this score. */
function countFrom(calibration: Pairs, threshold: number): number {
  let low = 0;
  let high = calibration.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (calibration[middle]![0] >= threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** λ₂ of conformal risk control on the `count` calibration pictures of greatest score, kept once it is known. */
function lambdaByCount(calibration: Pairs, alpha: number): (count: number) => number {
  const known = new Map<number, number>();
  return (count) => {
    const before = known.get(count);
    if (before !== undefined) return before;
    const errors = allowedOnAverage(count, alpha);
    const needed = calibration.slice(0, count).map((pair) => pair[1]);
    const lambda = errors < 0 ? 1 : leastLambda(needed, errors);
    known.set(count, lambda);
    return lambda;
  };
}

function mapPairs(
  scores: Float64Array,
  confidences: Float64Array,
  isDecided: (score: number, confidence: number) => boolean,
): Uint8Array {
  return Uint8Array.from(scores, (score, row) => (isDecided(score, confidences[row]!) ? 1 : 0));
}

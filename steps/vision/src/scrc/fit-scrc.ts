import type { ScrcPolicy } from "../policy/scrc-policy.ts";
import { allowedOnAverage, allowedWithConfidence } from "./allowed-errors.ts";
import { type CalibrationPair, leastLambda } from "./calibration-pair.ts";
import { dkwMargin } from "./dkw-margin.ts";

export type ScrcOutcome = Pick<ScrcPolicy, "outcome" | "found">;

/**
 * Calibrates selective conformal risk control (Xu, Guo and Wei 2025, arXiv 2512.12844). Where only rejecting all, or
 * giving all both labels, would meet α and ξ, the outcome is infeasible, with the reason.
 *
 * - **T**: as soon as a picture comes, λ₁ is the ⌈ξ(n + 1)⌉-th greatest of all scores, its own included, and λ₂
 *   conformal risk control on what that selects: E[loss | selected] ≤ α and P(selected) ≥ ξ, both over calibration and
 *   picture.
 * - **I**: λ₁ is the score of rank ⌈n(ξ + ε)⌉ + 1 with ε = √(ln(4/δ) / 2n), and λ₂ the least with which the scores
 *   above it show a risk of at most α with confidence 1 − δ/2: with probability 1 − δ over the calibration, P(selected)
 *   ≥ ξ and E[loss | selected] ≤ α hold together.
 */
export function fitScrc(
  pairs: readonly CalibrationPair[],
  target: { readonly variant: "T" | "I"; readonly alpha: number; readonly xi: number; readonly delta: number },
): ScrcOutcome {
  const descending = pairs.toSorted((a, b) => b.score - a.score);
  switch (target.variant) {
    case "T":
      return fitTransductive(descending, target);
    case "I":
      return fitInductive(descending, target);
    default:
      return target.variant satisfies never;
  }
}

function fitTransductive(
  descending: readonly CalibrationPair[],
  { alpha, xi }: { readonly alpha: number; readonly xi: number },
): ScrcOutcome {
  const rank = Math.max(1, Math.ceil(xi * (descending.length + 1) - 1e-9));
  // A picture that is selected takes one of the places.
  const selected = descending.slice(0, rank - 1);
  const errors = allowedOnAverage(selected.length, alpha);
  if (errors < 0) {
    const least = `it takes ${Math.ceil(1 / alpha - 1 - 1e-9)}`;
    const reason = `${selected.length} selected pictures can't show a mean loss of at most ${alpha}: ${least}`;
    return infeasible("T", descending, selected, reason);
  }
  const lambda2 = leastLambda(
    selected.map(({ needed }) => needed),
    errors,
  );
  const outcome = {
    status: "feasible",
    variant: "T",
    calibration: descending.map(({ score, needed }): [number, number] => [score, needed]),
  } as const;
  return judged(outcome, descending, selected, lambda2);
}

function fitInductive(
  descending: readonly CalibrationPair[],
  { alpha, xi, delta }: { readonly alpha: number; readonly xi: number; readonly delta: number },
): ScrcOutcome {
  const count = descending.length;
  const margin = count === 0 ? Infinity : dkwMargin(count, delta / 2);
  const wanted = Math.ceil(count * (xi + margin) - 1e-9);
  const border = descending[wanted];
  if (border === undefined) {
    const why = `the margin is ${margin.toFixed(3)}`;
    const reason = `${count} pictures can't show that at least ${xi} of all are selected: ${why}`;
    return infeasible("I", descending, [], reason);
  }
  const selected = descending.filter(({ score }) => score > border.score);
  if (selected.length < wanted) {
    const equal = wanted - selected.length + 1;
    return infeasible("I", descending, selected, `${equal} pictures have the score at the border, ${border.score}`);
  }
  const errors = allowedWithConfidence(selected.length, alpha, delta / 2);
  if (errors < 0) {
    const what = `a risk of at most ${alpha} with confidence ${1 - delta / 2}, even without a loss`;
    return infeasible("I", descending, selected, `${selected.length} selected pictures can't show ${what}`);
  }
  const lambda2 = leastLambda(
    selected.map(({ needed }) => needed),
    errors,
  );
  const outcome = { status: "feasible", variant: "I", lambda1: border.score, lambda2, delta } as const;
  return judged(outcome, descending, selected, lambda2);
}

/** Feasible, unless every selected picture would get both labels. */
function judged(
  outcome: ScrcOutcome["outcome"],
  all: readonly CalibrationPair[],
  selected: readonly CalibrationPair[],
  lambda2: number,
): ScrcOutcome {
  const found = describe(all, selected, lambda2);
  if (found.decided > 0) return { outcome, found };
  return infeasible(outcome.variant, all, selected, "every selected picture would get both labels, {0, 1}");
}

function infeasible(
  variant: "T" | "I",
  all: readonly CalibrationPair[],
  selected: readonly CalibrationPair[],
  reason: string,
): ScrcOutcome {
  return { outcome: { status: "infeasible", variant, reason }, found: describe(all, selected, 1) };
}

function describe(all: readonly CalibrationPair[], selected: readonly CalibrationPair[], lambda2: number) {
  const losses = selected.filter(({ needed }) => needed > lambda2).length;
  return {
    count: all.length,
    selected: selected.length,
    decided: selected.filter(({ confidence }) => confidence > lambda2).length,
    risk: selected.length === 0 ? 0 : losses / selected.length,
  };
}

import type { Cuts } from "./cuts.ts";

/** The decision "accept where max(p, 1 - p) > threshold, and then call positive where p >= 0.5". */
export interface SelectiveChoice {
  readonly threshold: number;
  readonly accepted: number;
  readonly errors: number;
  /** Accepted among all. */
  readonly coverage: number;
  /** Errors among the accepted; 1 where none is accepted. */
  readonly risk: number;
  readonly cut: number;
}

/**
 * Finds the cut of least selective risk whose coverage is at least `floor`; of equal ones the one of greatest coverage.
 * Since `floor` is above 0 and the first cut accepts all, there always is one, and it accepts something.
 *
 * @param confidences cuts of the confidences of right (first) and wrong (second) calls.
 * @param floor in (0, 1].
 */
export function selectiveThreshold(confidences: Cuts, floor: number): SelectiveChoice {
  let best = selectiveAt(confidences, 0);
  for (let cut = 1; cut < confidences.thresholds.length; cut++) {
    const choice = selectiveAt(confidences, cut);
    if (choice.coverage < floor) break;
    if (choice.risk < best.risk) best = choice;
  }
  return best;
}

/** Coverage and risk where confidences above the cut are accepted. */
export function selectiveAt({ thresholds, firstAbove, secondAbove }: Cuts, cut: number): SelectiveChoice {
  const errors = secondAbove[cut]!;
  const accepted = firstAbove[cut]! + errors;
  const total = firstAbove[0]! + secondAbove[0]!;
  return {
    threshold: thresholds[cut]!,
    accepted,
    errors,
    coverage: total === 0 ? 0 : accepted / total,
    risk: accepted === 0 ? 1 : errors / accepted,
    cut,
  };
}

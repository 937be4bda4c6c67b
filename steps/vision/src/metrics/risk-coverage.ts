import type { Cuts } from "./cuts.ts";

/**
 * How well confidences tell right calls from wrong ones, over every coverage k/n, the most confident first; calls of
 * equal confidence enter together, which stands for the mean over all their orders.
 */
export interface RiskCoverage {
  /** Mean over k of the selective risk (errors among the accepted / accepted) at coverage k/n. */
  readonly aurc: number;
  /**
   * The trapezoid area under the generalised risk (errors among the accepted / n) over coverage, from (0, 0)
   * (Traub et al. 2024, arXiv 2407.01032). Equals (1 − AUROC_f)·acc·(1 − acc) + ½(1 − acc)², where AUROC_f is the
   * chance that a right call is more confident than a wrong one.
   */
  readonly augrc: number;
}

/** @param confidences cuts of confidences with label 1 where the call is wrong. Both areas of nothing are 0. */
export function riskCoverage({ onesAbove, zerosAbove }: Cuts): RiskCoverage {
  const total = onesAbove[0]! + zerosAbove[0]!;
  if (total === 0) return { aurc: 0, augrc: 0 };
  let risks = 0;
  let area = 0;
  for (let cut = onesAbove.length - 1; cut > 0; cut--) {
    const errors = onesAbove[cut]!;
    const accepted = errors + zerosAbove[cut]!;
    const more = onesAbove[cut - 1]! - errors;
    const entering = more + zerosAbove[cut - 1]! - zerosAbove[cut]!;
    for (let each = 1; each <= entering; each++) risks += (errors + (more * each) / entering) / (accepted + each);
    area += entering * (errors + more / 2);
  }
  return { aurc: risks / total, augrc: area / total / total };
}

/** The decision "accept where the confidence is above the threshold". */
export interface Selection {
  readonly threshold: number;
  readonly accepted: number;
  readonly errors: number;
  /** Accepted among all; 0 of nothing. */
  readonly coverage: number;
  /** Errors among the accepted; 1 where none is accepted. */
  readonly risk: number;
}

/** What is accepted above a cut of confidences with label 1 where the call is wrong. */
export function selectionAt({ thresholds, onesAbove, zerosAbove }: Cuts, cut: number): Selection {
  const errors = onesAbove[cut]!;
  const accepted = errors + zerosAbove[cut]!;
  const total = onesAbove[0]! + zerosAbove[0]!;
  return {
    threshold: thresholds[cut]!,
    accepted,
    errors,
    coverage: total === 0 ? 0 : accepted / total,
    risk: accepted === 0 ? 1 : errors / accepted,
  };
}

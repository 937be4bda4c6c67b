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

/**
 * The selective risk where a share of the most confident calls is accepted, at least one; equal confidences at the
 * border enter in part, as their mean. 1 of nothing.
 */
export function riskAtCoverage({ onesAbove, zerosAbove }: Cuts, share: number): number {
  const total = onesAbove[0]! + zerosAbove[0]!;
  if (total === 0) return 1;
  const wanted = Math.min(total, Math.max(1, Math.round(share * total)));
  const above = onesAbove.findLastIndex((errors, cut) => errors + zerosAbove[cut]! >= wanted);
  const [errors, accepted] = [onesAbove[above + 1] ?? 0, (onesAbove[above + 1] ?? 0) + (zerosAbove[above + 1] ?? 0)];
  const entering = onesAbove[above]! + zerosAbove[above]! - accepted;
  return (errors + ((onesAbove[above]! - errors) * (wanted - accepted)) / entering) / wanted;
}

/** The greatest coverage of a cut whose selective risk is at most `risk`; 0 where there is none. */
export function coverageAtRisk(confidences: Cuts, risk: number): number {
  const cut = confidences.thresholds.findIndex((_, at) => selectionAt(confidences, at).risk <= risk);
  return cut < 0 ? 0 : selectionAt(confidences, cut).coverage;
}

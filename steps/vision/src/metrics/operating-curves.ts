import type { Cuts } from "./cuts.ts";

/**
 * Area under the ROC curve: the share of pairs of a 1 and a 0 in which the 1 has the greater score, ties half. As
 * scikit-learn's `roc_auc_score`.
 *
 * @returns null where all labels are equal, so that there is no pair.
 */
export function areaUnderRoc({ onesAbove, zerosAbove }: Cuts): number | null {
  const pairs = onesAbove[0]! * zerosAbove[0]!;
  if (pairs === 0) return null;
  let twice = 0;
  for (let cut = 1; cut < onesAbove.length; cut++) {
    twice += (zerosAbove[cut - 1]! - zerosAbove[cut]!) * (onesAbove[cut - 1]! + onesAbove[cut]!);
  }
  return twice / 2 / pairs;
}

/**
 * Average precision: Σ (recall gained at a cut) · (precision there), without interpolation; 0 where there is no 1. As
 * scikit-learn's `average_precision_score`.
 */
export function averagePrecision({ onesAbove, zerosAbove }: Cuts): number {
  if (onesAbove[0] === 0) return 0;
  let sum = 0;
  for (let cut = onesAbove.length - 2; cut >= 0; cut--) {
    const ones = onesAbove[cut]!;
    const gained = ones - onesAbove[cut + 1]!;
    if (gained > 0) sum += gained * (ones / (ones + zerosAbove[cut]!));
  }
  return sum / onesAbove[0]!;
}

/** One cut as a point of ROC and precision–recall curves; a rate over nothing is 0, and precision over nothing is 1. */
export interface OperatingPoint {
  readonly threshold: number;
  readonly tpr: number;
  readonly fpr: number;
  readonly precision: number;
}

export function operatingPoint({ thresholds, onesAbove, zerosAbove }: Cuts, cut: number): OperatingPoint {
  const ones = onesAbove[cut]!;
  const zeros = zerosAbove[cut]!;
  return {
    threshold: thresholds[cut]!,
    tpr: onesAbove[0] === 0 ? 0 : ones / onesAbove[0]!,
    fpr: zerosAbove[0] === 0 ? 0 : zeros / zerosAbove[0]!,
    precision: ones + zeros === 0 ? 1 : ones / (ones + zeros),
  };
}

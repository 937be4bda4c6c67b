import type { Cuts } from "../metrics/cuts.ts";
import { selectionAt } from "../metrics/risk-coverage.ts";

/**
 * Finds the cut of least selective risk whose coverage is at least `floor`; of equal ones the one of greatest coverage.
 * Since `floor` is above 0 and the first cut accepts all, there always is one, and it accepts something.
 *
 * @param confidences cuts of confidences with label 1 where the call is wrong.
 * @param floor in (0, 1].
 */
export function selectiveThreshold(confidences: Cuts, floor: number): number {
  let best = 0;
  let bestRisk = selectionAt(confidences, 0).risk;
  for (let cut = 1; cut < confidences.thresholds.length; cut++) {
    const { coverage, risk } = selectionAt(confidences, cut);
    if (coverage < floor) break;
    if (risk < bestRisk) {
      best = cut;
      bestRisk = risk;
    }
  }
  return best;
}

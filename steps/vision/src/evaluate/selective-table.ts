import { cuts } from "../metrics/cuts.ts";
import { rankConfidences, rankScores } from "../metrics/ranked-scores.ts";
import { coverageAtRisk, riskAtCoverage } from "../metrics/risk-coverage.ts";
import type { Evaluation } from "./evaluation.ts";

/** What the likelier label risks at some coverages, and what coverage it has at some risks. */
export function selectiveTable(probabilities: Float64Array, labels: Uint8Array): Evaluation["selective"] {
  const confidences = cuts(rankConfidences(rankScores(probabilities, labels)));
  return {
    risk_at_coverage: [0.5, 0.6, 0.7, 0.8, 0.9].map((coverage) => ({
      coverage,
      risk: riskAtCoverage(confidences, coverage),
    })),
    coverage_at_risk: [0.01, 0.02, 0.05, 0.1].map((risk) => ({ risk, coverage: coverageAtRisk(confidences, risk) })),
  };
}

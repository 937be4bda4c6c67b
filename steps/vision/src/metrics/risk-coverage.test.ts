import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cuts } from "./cuts.ts";
import { areaUnderRoc } from "./operating-curves.ts";
import { rankScores } from "./ranked-scores.ts";
import { coverageAtRisk, riskAtCoverage, riskCoverage, selectionAt } from "./risk-coverage.ts";

const cutsOf = (confidences: readonly number[], wrong: readonly number[]) =>
  cuts(rankScores(Float64Array.from(confidences), wrong));

describe("riskCoverage", () => {
  it("gives the known areas of four confidences", () => {
    const { aurc, augrc } = riskCoverage(cutsOf([0.9, 0.8, 0.7, 0.6], [0, 1, 0, 1]));
    expect(aurc).toBeCloseTo(1 / 3, 15);
    expect(augrc).toBe(0.1875);
  });

  it("has AUGRC = (1 − AUROC_f)·acc·(1 − acc) + ½(1 − acc)²", () => {
    const calls = fc.array(fc.record({ confidence: fc.nat(20).map((each) => each / 20), wrong: fc.nat(1) }), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(calls, (rows) => {
        const wrong = rows.map((row) => row.wrong);
        const all = cutsOf(
          rows.map((row) => row.confidence),
          wrong,
        );
        const accuracy = wrong.filter((each) => each === 0).length / wrong.length;
        // The chance that a wrong call is more confident than a right one is 1 − AUROC_f.
        const confused = areaUnderRoc(all) ?? 0;
        const expected = confused * accuracy * (1 - accuracy) + (1 - accuracy) ** 2 / 2;
        expect(riskCoverage(all).augrc).toBeCloseTo(expected, 12);
      }),
    );
  });

  it("lets equal confidences enter together, as the mean over their orders", () => {
    const all = cutsOf([0.7, 0.7, 0.7], [1, 0, 0]);
    expect(riskCoverage(all).aurc).toBeCloseTo(1 / 3, 15);
    expect(riskCoverage(cutsOf([], []))).toEqual({ aurc: 0, augrc: 0 });
  });

  it("calls the risk of accepting none 1", () => {
    const all = cutsOf([0.6, 0.8], [1, 0]);
    expect(selectionAt(all, 2)).toMatchObject({ accepted: 0, coverage: 0, risk: 1 });
    expect(selectionAt(all, 1)).toMatchObject({ accepted: 1, coverage: 0.5, risk: 0 });
  });
});

describe("riskAtCoverage and coverageAtRisk", () => {
  const all = cutsOf([0.9, 0.8, 0.8, 0.7, 0.6], [0, 1, 0, 0, 1]);

  it("read the curve both ways", () => {
    expect([0.2, 0.6, 0.8, 1].map((share) => riskAtCoverage(all, share))).toEqual([0, 1 / 3, 1 / 4, 2 / 5]);
    expect([0, 0.25, 0.4, 1].map((risk) => coverageAtRisk(all, risk))).toEqual([0.2, 0.8, 1, 1]);
  });

  it("let equal confidences enter in part, as their mean", () => {
    expect(riskAtCoverage(all, 0.4)).toBe(0.25);
  });

  it("have an answer to nothing", () => {
    expect(riskAtCoverage(cutsOf([], []), 0.5)).toBe(1);
    expect(coverageAtRisk(cutsOf([0.9], [1]), 0.1)).toBe(0);
  });
});

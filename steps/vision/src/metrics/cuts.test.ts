import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cuts } from "./cuts.ts";
import { rankScores } from "./ranked-scores.ts";

const scores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }).map(positiveZero), { maxLength: 40 });

const cutsOf = (ones: readonly number[], zeros: readonly number[]) =>
  cuts(rankScores(Float64Array.from([...zeros, ...ones]), [...zeros.map(() => 0), ...ones.map(() => 1)]));

describe("cuts", () => {
  it("lists what lies at or above each cut, with a score on neither side of two cuts", () => {
    fc.assert(
      fc.property(scores, scores, (first, second) => {
        const { thresholds, onesAbove, zerosAbove } = cutsOf(first, second);
        const distinct = new Set([...first, ...second]).size;
        expect(thresholds).toHaveLength(distinct + 1);
        for (const [cut, threshold] of thresholds.entries()) {
          expect(onesAbove[cut]).toBe(first.filter((score) => score >= threshold).length);
          expect(zerosAbove[cut]).toBe(second.filter((score) => score >= threshold).length);
          if (cut > 0) expect(threshold).toBeGreaterThan(thresholds[cut - 1]!);
        }
      }),
    );
  });

  it("lies midway between neighbours, at 0 below all, and above a score of 1", () => {
    expect([...cutsOf([0.25, 1], [0.75]).thresholds]).toEqual([0, 0.5, 0.875, 1 + Number.EPSILON]);
  });

  it("tells scores apart that are neighbours in double precision", () => {
    const low = 0.5;
    const high = 0.5 + 2 ** -53;
    const { thresholds, onesAbove, zerosAbove } = cutsOf([high], [low]);
    expect([...thresholds].slice(1, 2)).toEqual([high]);
    expect([onesAbove[1], zerosAbove[1]]).toEqual([1, 0]);
  });
});

function positiveZero(value: number): number {
  return value === 0 ? 0 : value;
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leastPairs, signedRank } from "./signed-rank.ts";

describe("the signed-rank test", () => {
  it.each([
    // p from scipy.stats.wilcoxon 1.10.1, mode="exact".
    [[0.1, -0.2, 0.35, 0.4, 0.05, 0.6], 0.15625],
    [[0.02, 0.03, -0.01, 0.05, 0.04, 0.06, 0.07, 0.011], 0.015625],
    [[-1.5, -0.3, 0.2, -0.8, -2.1, -0.9, -0.45, -1.1, 0.05, -0.6, -0.7], 0.0048828125],
  ])("of %j gives the p that scipy gives", (differences, p) => {
    expect(signedRank(differences, 0.95).p).toBeCloseTo(p, 12);
  });

  it("counts ties and differences of 0 by all flips of the signs", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 9 }), (differences) => {
        expect(signedRank(differences, 0.95).p).toBeCloseTo(byAllFlips(differences), 12);
      }),
    );
  });

  it("gives the interval of the tables: of 6 the extremes, of 10 from the 9th mean on", () => {
    const six = [1, 2, 3, 4, 5, 6];
    expect(signedRank(six, 0.95)).toMatchObject({ estimate: 3.5, low: 1, high: 6 });
    const ten = Array.from({ length: 10 }, (_, index) => 2 ** index);
    const means = ten.flatMap((a, at) => ten.slice(at).map((b) => (a + b) / 2)).sort((a, b) => a - b);
    expect(signedRank(ten, 0.95)).toMatchObject({ low: means[8], high: means[55 - 9] });
  });

  it.each([
    [0.5, 2],
    [0.95, 6],
    [0.99, 8],
    [0.999, 11],
  ])("shows nothing at %d by fewer than %i pairs", (confidence, least) => {
    expect(leastPairs(confidence)).toBe(least);
    const p = (pairs: number) =>
      signedRank(
        Array.from({ length: pairs }, (_, at) => at + 1),
        confidence,
      ).p;
    expect(p(least)).toBeLessThanOrEqual(1 - confidence);
    expect(p(least - 1)).toBeGreaterThan(1 - confidence);
  });

  it("takes the mean of the two least numbers for more than 0", () => {
    const least = Number.MIN_VALUE;
    const { low, p } = signedRank(
      [12, 13, 14, -10, 11, -1, 15, 16].map((times) => times * least),
      0.95,
    );
    expect(p).toBeLessThanOrEqual(0.05);
    expect(low).toBe(least);
  });

  it("has an interval without 0 just where the test says so", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 2, noNaN: true, noDefaultInfinity: true }), { minLength: 6, maxLength: 14 }),
        (differences) => {
          fc.pre(new Set(differences.map(Math.abs)).size === differences.length && !differences.includes(0));
          const { low, high, p } = signedRank(differences, 0.95);
          expect(low > 0 || high < 0).toBe(p <= 0.05);
        },
      ),
    );
  });
});

function byAllFlips(differences: readonly number[]): number {
  const nonzero = differences.filter((difference) => difference !== 0);
  const sizes = nonzero.map(Math.abs).sort((a, b) => a - b);
  const rank = (value: number) => (sizes.indexOf(Math.abs(value)) + sizes.lastIndexOf(Math.abs(value))) / 2 + 1;
  const seen = nonzero.reduce((sum, value) => sum + (value > 0 ? rank(value) : 0), 0);
  const sums = Array.from({ length: 2 ** nonzero.length }, (_, flips) =>
    nonzero.reduce((sum, value, at) => sum + ((flips >> at) & 1 ? rank(value) : 0), 0),
  );
  const share = (holds: (sum: number) => boolean) => sums.filter(holds).length / sums.length;
  return Math.min(
    1,
    2 *
      Math.min(
        share((sum) => sum <= seen + 1e-9),
        share((sum) => sum >= seen - 1e-9),
      ),
  );
}

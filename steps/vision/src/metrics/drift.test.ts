import { describe, expect, it } from "vitest";
import { generator } from "../random/generator.ts";
import { kolmogorovSmirnov, meanDiscrepancy, populationStability } from "./drift.ts";

const normals = (count: number, seed: number, shift = 0) => {
  const random = generator(seed);
  return Float64Array.from({ length: count }, () => random.normal() + shift);
};

describe("populationStability", () => {
  it("is near 0 for one distribution, and great for a shifted one", () => {
    expect(populationStability(normals(4000, 1), normals(4000, 2))).toBeLessThan(0.02);
    expect(populationStability(normals(4000, 1), normals(4000, 2, 1))).toBeGreaterThan(0.5);
  });

  it("is the sum over bins of what has moved", () => {
    const reference = Float64Array.from({ length: 100 }, (_, index) => index);
    const current = Float64Array.from({ length: 100 }, (_, index) => (index < 60 ? 10 : 80));
    expect(populationStability(reference, current, 2)).toBeCloseTo(
      0.1 * Math.log(0.6 / 0.5) - 0.1 * Math.log(0.4 / 0.5),
      12,
    );
  });
});

describe("kolmogorovSmirnov", () => {
  it("gives what scipy.stats.ks_2samp gives", () => {
    expect(kolmogorovSmirnov(Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(1.5, 2.5, 6, 7)).statistic).toBe(0.5);
    const first = Float64Array.from({ length: 60 }, (_, index) => index / 10);
    const second = Float64Array.from({ length: 80 }, (_, index) => index / 10 + 0.9);
    const { statistic, p } = kolmogorovSmirnov(first, second);
    expect(statistic).toBeCloseTo(0.37083333333333324, 12);
    // The exact chance is 0.0001097.
    expect(p).toBeGreaterThan(0.00008);
    expect(p).toBeLessThan(0.00014);
    expect(kolmogorovSmirnov(normals(50, 1), normals(50, 1))).toEqual({ statistic: 0, p: 1 });
  });

  it("is as rare as it says where there is no difference", () => {
    const rounds = 400;
    const rare = Array.from({ length: rounds }, (_, round) =>
      kolmogorovSmirnov(normals(80, 2 * round + 10), normals(80, 2 * round + 11)),
    ).filter(({ p }) => p < 0.1).length;
    expect(rare / rounds).toBeGreaterThan(0.05);
    expect(rare / rounds).toBeLessThan(0.14);
  });
});

describe("meanDiscrepancy", () => {
  const sample = (count: number, seed: number, shift: number) => Float32Array.from(normals(count * 3, seed, shift));

  it("tells a shifted sample from one that is not", () => {
    const same = meanDiscrepancy(sample(100, 1, 0), sample(100, 2, 0), 3, { seed: 1 });
    const shifted = meanDiscrepancy(sample(100, 1, 0), sample(100, 2, 0.7), 3, { seed: 1 });
    expect(Math.abs(same.squared)).toBeLessThan(0.02);
    expect(same.p).toBeGreaterThan(0.05);
    expect(shifted.squared).toBeGreaterThan(0.05);
    expect(shifted.p).toBe(1 / 200);
  });

  it("takes as many vectors as it may, by chance but repeatably", () => {
    const [first, second] = [sample(300, 1, 0), sample(300, 2, 0)];
    const run = (seed: number) => meanDiscrepancy(first, second, 3, { most: 40, permutations: 20, seed });
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });
});

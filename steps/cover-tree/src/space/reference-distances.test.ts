import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placedPoints } from "../fixtures/arbitrary-points.ts";
import { distances } from "../fixtures/distances.ts";
import { opened } from "../fixtures/opened.ts";
import { covariance } from "../residual/covariance.ts";
import { product, residualCorrelation, residualDistance } from "../residual/residual-correlation.ts";
import { cosineAngle, cosineChord, euclidean, pearson, pearsonChord } from "./reference-distances.ts";
import { squaredEuclidean } from "./squared-euclidean.ts";

const rows = (points: { readonly values: Float64Array; readonly dimension: number }, row: number) =>
  points.values.slice(row * points.dimension, (row + 1) * points.dimension);

describe("the reference functions", () => {
  it("say what is known", () => {
    expect(euclidean(Float64Array.of(0, 3), Float64Array.of(4, 0))).toBe(5);
    expect(cosineChord(Float64Array.of(2, 0), Float64Array.of(0, 7))).toBe(Math.SQRT2);
    expect(cosineAngle(Float64Array.of(2, 0), Float64Array.of(-1, 0))).toBe(Math.PI);
    expect(pearson(Float64Array.of(1, 2, 3), Float64Array.of(3, 2, 1))).toBeCloseTo(2, 14);
    expect(pearsonChord(Float64Array.of(1, 2, 4), Float64Array.of(10, 20, 40))).toBeLessThan(1e-15);
    expect(residualDistance(-1)).toBe(0);
    expect(residualDistance(0)).toBe(1);
    expect(residualCorrelation(5, 1, 2, 2)).toBe(1);
    expect(covariance("rbf", 2, 0)).toBe(2);
    expect(covariance("matern52", 1, 1)).toBeCloseTo((1 + Math.sqrt(5) + 5 / 3) * Math.exp(-Math.sqrt(5)), 15);
  });

  it("of Pearson's correlation lose nothing by an offset", () => {
    const [a, b] = [Float64Array.of(1, 2, 4), Float64Array.of(2, 1, 7)];
    // Nine times the sums of squares and of products about the means 7/3 and 10/3.
    const expected = 1 - 78 / Math.sqrt(42 * 186);
    for (const offset of [0, 2 ** 30, 2 ** 40]) {
      const moved = (row: Float64Array) => row.map((value) => value + offset);
      expect(Math.abs(pearson(moved(a), moved(b)) / expected - 1)).toBeLessThan(1e-12);
    }
  });

  it("of a process fall to 0 as the distance grows, also where its square is infinite", () => {
    for (const kind of ["rbf", "matern52"] as const) {
      for (const square of [1e6, 1e300, 1e308, Number.POSITIVE_INFINITY]) expect(covariance(kind, 1, square)).toBe(0);
    }
  });

  it.each([
    ["euclidean", euclidean],
    ["chord", cosineChord],
    ["angle", cosineAngle],
    ["pearson", pearson],
  ] as const)("give what a space of %s gives, and what its kernels measure", (name, reference) => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 70 }), fc.integer(), (dimension, seed) => {
        const points = placedPoints("normal", 20, dimension, seed);
        const { space } = opened(distances[name]!, points);
        const measured = new Float64Array(20);
        space.measure(3, [...measured.keys()], measured);
        for (let row = 0; row < 20; row++) {
          expect(space.between(3, row)).toBe(reference(rows(points, 3), rows(points, row)));
          expect(measured[row]).toBe(space.toMetric(space.between(3, row)));
        }
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it("of the residual correlation give what its space and its kernels give", () => {
    const points = placedPoints("normal", 30, 3, 4);
    const { space } = opened(distances.matern52!, points);
    if (space.kind !== "residual") throw new Error("not a residual space");
    const { explained, width, variances, coordinates, options } = space.points;
    const measured = new Float64Array(30);
    space.measure(7, [...measured.keys()], measured);
    for (let row = 0; row < 30; row++) {
      const both = covariance(
        options.kernel,
        options.variance,
        squaredEuclidean(coordinates, 21, coordinates, row * 3, 3),
      );
      const part = product(explained, 7 * width, explained, row * width, width);
      const expected =
        row === 7 ? 0 : residualDistance(residualCorrelation(both, part, variances[7]!, variances[row]!));
      expect(space.between(7, row)).toBe(expected);
      expect(measured[row]).toBe(expected);
    }
  });

  it.each(["matern52", "rbf"] as const)("of %s obey the triangle inequality within their slack", (name) => {
    const points = placedPoints("clustered", 60, 2, 9);
    const { space } = opened(distances[name]!, points);
    const margin = 4 * Math.sqrt(space.slack.absolute);
    for (let a = 0; a < 60; a++) {
      for (let b = 0; b < 60; b++) {
        for (let c = 0; c < 60; c += 7) {
          expect(space.between(a, c)).toBeLessThanOrEqual(space.between(a, b) + space.between(b, c) + margin);
        }
      }
    }
  });
});

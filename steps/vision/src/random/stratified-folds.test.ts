import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stratifiedFolds } from "./stratified-folds.ts";

describe("stratifiedFolds", () => {
  it("holds each position once, and nearly equal shares of each label", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1)), fc.integer({ min: 1, max: 5 }), fc.nat(), (labels, count, seed) => {
        const folds = stratifiedFolds(labels, count, seed);
        expect(folds.flat().sort((a, b) => a - b)).toEqual([...labels.keys()]);
        for (const label of [0, 1]) {
          const sizes = folds.map((fold) => fold.filter((position) => labels[position] === label).length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        }
        expect(stratifiedFolds(labels, count, seed)).toEqual(folds);
      }),
    );
  });
});

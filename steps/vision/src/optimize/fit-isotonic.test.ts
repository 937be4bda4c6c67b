import { describe, expect, it } from "vitest";
import { fitIsotonic } from "./fit-isotonic.ts";

describe("fitIsotonic", () => {
  it("pools what falls, and leaves out the places inside a level stretch", () => {
    const scores = Float64Array.of(6, 1, 5, 2, 4, 3);
    // By score: 0, then 1 and 0 twice, each pair level at a half, then 1.
    expect(fitIsotonic(scores, [1, 0, 0, 1, 1, 0])).toEqual({ at: [1, 2, 5, 6], values: [0, 0.5, 0.5, 1] });
  });

  it("gives equal scores one value, their mean", () => {
    expect(fitIsotonic(Float64Array.of(1, 1, 1, 2), [0, 1, 0, 1])).toEqual({ at: [1, 2], values: [1 / 3, 1] });
    expect(fitIsotonic(Float64Array.of(3), [1])).toEqual({ at: [3], values: [1] });
  });
});

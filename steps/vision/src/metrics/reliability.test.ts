import { describe, expect, it } from "vitest";
import { reliability } from "./reliability.ts";

describe("reliability", () => {
  it("puts a confidence on a border into the lower bin", () => {
    const { bins } = reliability([10 / 15, 0.7], [1, 0]);
    expect(bins.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0]);
  });

  it("is the gap between confidence and accuracy, weighted and greatest", () => {
    const { ece, mce, bins } = reliability([0.9, 0.9, 0.9, 0.2], [1, 1, 0, 0], 10);
    expect(ece).toBeCloseTo((3 * (0.9 - 2 / 3) + (1 - 0.8)) / 4, 12);
    expect(mce).toBeCloseTo(0.9 - 2 / 3, 12);
    expect(bins.at(-2)).toMatchObject({ count: 3, accuracy: 2 / 3 });
  });

  it("is 0 of nothing", () => {
    expect(reliability([], [])).toMatchObject({ ece: 0, mce: 0 });
  });
});

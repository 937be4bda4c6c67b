import { describe, expect, it } from "vitest";
import { bootstrap, quantile } from "./bootstrap.ts";

const sample = Float64Array.from({ length: 200 }, (_, index) => Math.sin(index * 12.9898) * 0.5 + 0.5);
const mean = (positions: Uint32Array) => positions.reduce((sum, at) => sum + sample[at]!, 0) / positions.length;

describe("bootstrap", () => {
  it("gives an interval as wide as the standard error says", () => {
    const options = { resamples: 2000, level: 0.95, seed: 5 };
    const interval = bootstrap(["mean"], sample.length, (positions) => ({ mean: mean(positions) }), options).get(
      "mean",
    )!;
    const average = mean(Uint32Array.from(sample.keys()));
    const deviation = Math.sqrt(sample.reduce((sum, value) => sum + (value - average) ** 2, 0) / sample.length);
    const error = deviation / Math.sqrt(sample.length);
    expect((average - interval.low) / error).toBeCloseTo(1.96, 0);
    expect((interval.high - average) / error).toBeCloseTo(1.96, 0);
  });

  it("is the same for one seed, and leaves out what is null", () => {
    const measure = (positions: Uint32Array) => ({ first: positions[0]! % 2 === 0 ? 1 : null, never: null });
    const run = () => bootstrap(["first", "never"], 10, measure, { resamples: 50, level: 0.9, seed: 1 });
    expect(run()).toEqual(run());
    expect(run()).toEqual(new Map([["first", { low: 1, high: 1 }]]));
  });

  it("interpolates between ranks as NumPy does", () => {
    expect(quantile(Float64Array.of(1, 2, 4), 0.25)).toBe(1.5);
    expect(quantile(Float64Array.of(1, 2, 4), 1)).toBe(4);
  });
});

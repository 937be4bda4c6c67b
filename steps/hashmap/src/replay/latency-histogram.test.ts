import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DELETE, PUT } from "../workload/row-batch.ts";
import type { LatencyHistogram } from "./latency-histogram.ts";
import { Recorder } from "./recorder.ts";

const nanoseconds = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.integer({ min: 0, max: 2 ** 31 }),
  fc.integer({ min: 0, max: 1e12 }),
);

function histogramOf(values: readonly number[]): LatencyHistogram {
  const histogram = new Recorder().clock;
  for (const value of values) histogram.record(value);
  return histogram;
}

describe("LatencyHistogram", () => {
  it("gives percentiles that ascend, and lie above the true ones by 1.6 % at most", () => {
    fc.assert(
      fc.property(fc.array(nanoseconds, { minLength: 1, maxLength: 300 }), (values) => {
        const { p50, p90, p99, p999, max } = histogramOf(values).percentiles();
        const sorted = values.toSorted((a, b) => a - b);
        expect([p50, p90, p99, p999, max]).toEqual([p50, p90, p99, p999, max].toSorted((a, b) => a - b));
        expect(max).toBe(sorted.at(-1));
        for (const [share, told] of [
          [0.5, p50],
          [0.9, p90],
          [0.99, p99],
          [0.999, p999],
        ] as const) {
          const exact = sorted[Math.ceil(share * sorted.length) - 1]!;
          if (exact > 2 ** 31) continue;
          expect(told).toBeGreaterThanOrEqual(exact);
          expect(told).toBeLessThanOrEqual(Math.max(exact, 1) * (1 + 1 / 64));
        }
      }),
    );
  });

  it("is exact up to 128 ns", () => {
    for (let value = 1; value <= 128; value++) expect(histogramOf([value, 1000]).percentiles().p50).toBe(value);
  });

  it("counts exactly what lies at or below a power of two", () => {
    const bounds = Array.from({ length: 26 }, (_, power) => 64 * 2 ** power);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 31 }), { maxLength: 200 }), (values) => {
        const exact = bounds.map((bound) => values.filter((value) => value <= bound).length);
        expect(histogramOf(values).cumulative(bounds)).toEqual(exact);
      }),
    );
    expect(histogramOf([64, 65, 128, 129]).cumulative([64, 128])).toEqual([1, 3]);
  });

  it("adds up to what one histogram of all would be", () => {
    fc.assert(
      fc.property(fc.array(nanoseconds), fc.array(nanoseconds), (one, other) => {
        const recorder = new Recorder();
        for (const value of one) recorder.latency[PUT].record(value);
        expect(recorder.overall().count).toBe(one.length);
        for (const value of other) recorder.latency[DELETE].record(value);
        const sum = recorder.overall();
        const all = histogramOf([...one, ...other]);
        expect(sum.percentiles()).toEqual(all.percentiles());
        expect([sum.count, sum.sum]).toEqual([all.count, all.sum]);
      }),
    );
  });

  it("is all zero where nothing was recorded", () => {
    expect(histogramOf([]).percentiles()).toEqual({ p50: 0, p90: 0, p99: 0, p999: 0, max: 0 });
  });
});

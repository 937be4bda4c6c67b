import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generator } from "./generator.ts";
import { shuffled } from "./shuffled.ts";

const take = (count: number, seed: number, ...path: number[]) => {
  const random = generator(seed, ...path);
  return Array.from({ length: count }, () => random.next());
};

describe("generator", () => {
  it("gives equal streams for equal seeds and paths, and others for others", () => {
    expect(take(50, 7, 1, 2)).toEqual(take(50, 7, 1, 2));
    const streams = [take(5, 7), take(5, 8), take(5, 7, 0), take(5, 7, 1), take(5, 7, 1, 0), take(5, 7, 0, 1)];
    expect(new Set(streams.map(String)).size).toBe(streams.length);
  });

  it("keeps its stream over versions, as artifacts depend on it", () => {
    expect(take(3, 1)).toEqual([0.5150678458157927, 0.35080243763513863, 0.09066245891153812]);
  });

  it("is uniform in [0, 1), and normal with mean 0 and deviation 1", () => {
    const uniform = take(20_000, 3);
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...uniform)).toBeLessThan(1);
    expect(mean(uniform)).toBeCloseTo(0.5, 2);
    const random = generator(4);
    const normal = Array.from({ length: 20_000 }, () => random.normal());
    expect(mean(normal)).toBeCloseTo(0, 1);
    expect(mean(normal.map((value) => value * value))).toBeCloseTo(1, 1);
  });

  it("keeps within the bounds asked for", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 1000 }), (seed, count) => {
        const random = generator(seed);
        const whole = random.below(count);
        const real = random.between(-3, 5);
        return Number.isInteger(whole) && whole >= 0 && whole < count && real >= -3 && real < 5;
      }),
    );
  });
});

describe("shuffled", () => {
  it("keeps every item and leaves the list as it was", () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.nat(), (items, seed) => {
        const before = [...items];
        const result = shuffled(items, generator(seed));
        expect(items).toEqual(before);
        expect(result.toSorted((a, b) => a - b)).toEqual(before.toSorted((a, b) => a - b));
      }),
    );
  });

  it("gives every order of three about equally often", () => {
    const tally = new Map<string, number>();
    for (let seed = 0; seed < 6000; seed++) {
      const order = shuffled(["a", "b", "c"], generator(seed)).join("");
      tally.set(order, (tally.get(order) ?? 0) + 1);
    }
    expect(tally.size).toBe(6);
    for (const count of tally.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

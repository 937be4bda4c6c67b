import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Scale } from "./scale.ts";

const bases = fc.constantFrom(1.1, 1.3, Math.SQRT2, 2, 4);
const distances = fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true });

describe("a scale", () => {
  it("has the powers of two for base 2, from 0 to infinity", () => {
    const scale = new Scale(2);
    for (const level of [-1075, -1074, -1, 0, 1, 52, 1023, 1024]) expect(scale.reach(level)).toBe(2 ** level);
    expect(scale.lowest).toBe(-1075);
    expect(scale.reach(-1076)).toBe(0);
    expect(scale.reach(1025)).toBe(Number.POSITIVE_INFINITY);
  });

  it("is close to the powers of its base, and rises strictly", () => {
    const scale = new Scale(1.3);
    for (let level = -100; level < 100; level++) {
      expect(scale.reach(level) / 1.3 ** level).toBeCloseTo(1, 12);
      expect(scale.reach(level)).toBeLessThan(scale.reach(level + 1));
    }
  });

  it("finds the greatest level whose reach is below a distance", () => {
    fc.assert(
      fc.property(bases, distances, (base, distance) => {
        const scale = new Scale(base);
        const level = scale.levelBelow(distance);
        expect(scale.reach(level)).toBeLessThan(distance);
        expect(scale.reach(level + 1)).toBeGreaterThanOrEqual(distance);
        expect(level).toBeGreaterThanOrEqual(scale.lowest);
      }),
    );
  });
});

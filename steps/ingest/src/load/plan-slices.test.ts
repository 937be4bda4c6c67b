import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SliceLimits } from "./load-config.ts";
import { countSlices, slicesOf } from "./plan-slices.ts";

const integer = { type: "integer", bits: 64 } as const;
const timestamp = { type: "timestamp" } as const;
const limits = SliceLimits.parse({});
const of = { source: "s", column: "c", first: 0 };

describe("countSlices", () => {
  it.each([
    [10_000_001, 11],
    [50_000_000, 24],
    [undefined, 1],
    [10_000_000, 1],
    [0, 1],
  ])("cuts %s rows into %i", (rows, expected) => {
    expect(countSlices({ rows, least: "0", greatest: "9" }, integer, limits)).toBe(expected);
  });

  it("keeps slices of times short where it is told to, however few the rows", () => {
    const month = { rows: 100, least: "2026-01-01 00:00:00", greatest: "2026-01-29 00:00:00" };
    expect(countSlices(month, timestamp, limits)).toBe(1);
    expect(countSlices(month, timestamp, SliceLimits.parse({ hours: 168 }))).toBe(4);
  });
});

describe("slicesOf", () => {
  it("never overlaps, leaves no gap, and ends at the last bound", () => {
    const bounds = fc
      .array(fc.integer({ min: 0, max: 50 }), { minLength: 1 })
      .map((all) => all.toSorted((a, b) => a - b).map(String));
    fc.assert(
      fc.property(bounds, (all) => {
        const slices = slicesOf(of, null, all);
        expect(slices[0]!.after).toBeNull();
        expect(slices.at(-1)!.upTo).toBe(all.at(-1));
        for (const [at, slice] of slices.slice(1).entries()) expect(slice.after).toBe(slices[at]!.upTo);
        expect(new Set(slices.map(({ id }) => id)).size).toBe(slices.length);
      }),
    );
  });

  it("gives the same ids for the same bounds, so that what is staged is found", () => {
    expect(slicesOf(of, "1", ["5", "9"])).toEqual(slicesOf(of, "1", ["5", "9"]));
    expect(slicesOf(of, "1", ["5", "9"])[0]!.id).not.toBe(slicesOf({ ...of, source: "t" }, "1", ["5", "9"])[0]!.id);
  });

  it("follows the distribution: equal bounds of a frequent value become one", () => {
    expect(slicesOf(of, null, ["7", "7", "7", "9"]).map(({ after, upTo }) => [after, upTo])).toEqual([
      [null, "7"],
      ["7", "9"],
    ]);
  });
});

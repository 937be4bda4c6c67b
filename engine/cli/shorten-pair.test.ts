import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shortenPair } from "./shorten-pair.ts";

describe("shortenPair", () => {
  const head = "abcdefghijklmnopqrstuvwxyz";

  it.each([
    ["8", "12", ["8", "12"]],
    [head, "short", ["abcdefghijk…", "short"]],
    [`${head}1`, `${head}2`, ["…wxyz1", "…wxyz2"]],
    [`${head}1${head}`, `${head}2`, ["…wxyz1abcde…", "…wxyz2"]],
    [head, `${head}${head}`, ["…wxyz", "…wxyzabcdef…"]],
  ])("shows where %j and %j part", (before, after, shown) => expect(shortenPair(before, after, 12)).toEqual(shown));

  it("is short, and differs where the texts do", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.integer({ min: 9, max: 40 }), (shared, a, b, most) => {
        const [before, after] = shortenPair(shared + a, shared + b, most);
        expect(Math.max(before.length, after.length)).toBeLessThanOrEqual(most);
        expect(before === after).toBe(a === b);
      }),
    );
  });
});

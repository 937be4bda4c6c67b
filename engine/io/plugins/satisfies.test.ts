import { describe, expect, it } from "vitest";
import { isRange, satisfies } from "./satisfies.ts";

describe("satisfies", () => {
  it.each([
    ["1.2.3", "1.2.3", true],
    ["1.2.4", "1.2.3", false],
    ["1.2.3+build", "1.2.3", true],
    ["1.9.0", "^1.2.3", true],
    ["1.2.2", "^1.2.3", false],
    ["2.0.0", "^1.2.3", false],
    ["0.2.9", "^0.2.3", true],
    ["0.3.0", "^0.2.3", false],
    ["0.0.3", "^0.0.3", true],
    ["0.0.4", "^0.0.3", false],
    ["1.2.9", "~1.2.3", true],
    ["1.3.0", "~1.2.3", false],
    ["3.0.0", ">=1.0.0", true],
    ["3.0.0", ">=1.0.0 <2.0.0", false],
    ["1.0.0", ">1.0.0", false],
    ["1.0.0", "<=1.0.0", true],
    ["9.9.9-alpha", "*", true],
    ["1.0.0-beta.2", "^1.0.0-beta.1", true],
    ["1.0.0-beta.10", "^1.0.0-beta.9", true],
    ["1.0.0-alpha", "^1.0.0-beta", false],
    ["1.0.0-beta", "^1.0.0-beta.1", false],
    ["1.0.0-beta.x", "^1.0.0-beta.1", true],
    ["1.1.0-beta", "^1.0.0", false],
    ["1.1.0-beta", "^1.0.0-beta", false],
    ["1.0.0", "^1.0.0-beta", true],
    ["not a version", "*", false],
  ])("%s in %s: %s", (version, range, expected) => expect(satisfies(version, range)).toBe(expected));

  it("tells a range from other words", () => {
    expect(["^1.2.3", ">=1.0.0 <2.0.0", "*"].map(isRange)).toEqual([true, true, true]);
    expect(["latest", "1.2", "", "^1.2.3 || ^2.0.0"].map(isRange)).toEqual([false, false, false, false]);
  });
});

import { describe, expect, it } from "vitest";
import { isSettled } from "./is-settled.ts";

const noon = Date.parse("2026-11-21T12:00:00Z");

describe("isSettled", () => {
  it.each([
    [noon + 1.5, noon + 10, false],
    [noon + 1.5, noon + 21, false],
    [noon + 1.5, noon + 22, true],
    // Of a file system that counts seconds this may have been any instant of the next ones.
    [noon, noon + 22, false],
    [noon, noon + 2_020, false],
    [noon, noon + 2_021, true],
    // The clock was set back.
    [noon + 1.5, noon - 3_600_000, false],
  ])("a file of %d that was looked at when it was %d: %s", (ctimeMs, now, settled) => {
    expect(isSettled([{ ctimeMs }], now)).toBe(settled);
  });

  it("is only where all are", () => {
    expect(isSettled([{ ctimeMs: noon + 1.5 }, { ctimeMs: noon + 500.5 }], noon + 510)).toBe(false);
    expect(isSettled([], noon)).toBe(true);
  });
});

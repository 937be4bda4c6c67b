import { describe, expect, it } from "vitest";
import { gravest, isWithin, measure } from "./judge.ts";
import { measureTexts } from "./measure-texts.ts";
import { variability } from "./variability.ts";

describe("thresholds", () => {
  it.each([
    ["none given, and equal", 100, 100, {}, true],
    ["none given, and not", 100, 101, {}, false],
    ["a percentage alone", 1000, 1001, { percent: 1 }, true],
    ["a percentage that is overstepped", 1000, 1011, { percent: 1 }, false],
    ["a number alone", 1000, 990, { absolute: 10 }, true],
    ["a number that is overstepped", 1000, 989, { absolute: 10 }, false],
    ["both, of which one is overstepped", 10, 11, { absolute: 5, percent: 1 }, false],
    ["a percentage of nothing", 0, 1, { percent: 100 }, false],
    ["nothing on both sides", 0, 0, { percent: 0 }, true],
  ])("%s", (_what, source, target, threshold, expected) => {
    expect(isWithin(measure(source, target), threshold)).toBe(expected);
  });
});

it.each([
  ["9007199254740993", "9007199254740992", 1],
  ["-9007199254740993", "-9007199254740992", 1],
  ["12345678901234567890.01", "12345678901234567890.02", 0.01],
  ["1.50", "1.5", 0],
  ["-0.25", "0.25", 0.5],
  ["1e3", "1001", 1],
  ["0.1", "0.30000000000000004", 0.20000000000000004],
])("%s and %s differ by %d", (source, target, difference) => {
  expect(measureTexts(source, target)?.difference).toBe(difference);
});

it("measures numbers alone", () => {
  expect(measureTexts("2026-01-01", "2026-01-02")).toBeUndefined();
});

it("the gravest of several counts, and what is skipped is no error", () => {
  expect(gravest(["pass", "warn", "skipped"])).toBe("warn");
  expect(gravest(["fail", "error"])).toBe("error");
  expect(gravest(["skipped"])).toBe("skipped");
});

it("says what is usual against history", () => {
  const limits = { lookback: 7, deviations: 3 };
  expect(variability(5, [1, 2], limits).isUsual).toBe(true);
  expect(variability(105, [100, 101, 99, 100], limits).isUsual).toBe(false);
  expect(variability(101, [100, 101, 99, 100], limits).isUsual).toBe(true);
  expect(variability(101, [100, 100, 100], limits)).toEqual({
    isUsual: false,
    detail: "unusual: 100.0 ± 0.0 over 3 earlier runs",
  });
});

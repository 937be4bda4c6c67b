import { describe, expect, it } from "vitest";
import { gravest, isWithin, measure } from "./judge.ts";
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

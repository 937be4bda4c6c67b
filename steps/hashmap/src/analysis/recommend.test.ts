import { describe, expect, it } from "vitest";
import type { BackendMeasurement } from "./profile-report.ts";
import { recommend } from "./recommend.ts";

function measured(backend: BackendMeasurement["backend"], median: number, mebibytes: number): BackendMeasurement {
  return {
    backend,
    ns_per_op: { median, least: median, most: median },
    p99_ns: 0,
    memory_bytes: mebibytes * 2 ** 20,
    entries: 0,
    probes_mean: 1,
    migrations: 0,
  };
}

describe("the recommendation", () => {
  it("is the fastest backend", () => {
    expect(recommend([measured("chaining", 100, 1), measured("robin-hood", 80, 2)])).toEqual({
      backend: "robin-hood",
      because: "It is the fastest, at 80 ns an operation.",
    });
  });

  it("says so where a slower one was as fast in some round", () => {
    const chaining = { ...measured("chaining", 300, 1), ns_per_op: { median: 300, least: 57, most: 360 } };
    const open = { ...measured("robin-hood", 56, 1), ns_per_op: { median: 56, least: 54, most: 95 } };
    expect(recommend([chaining, open, measured("adaptive", 130, 1)])).toEqual({
      backend: "robin-hood",
      because:
        "It is the fastest, at 56 ns an operation. In some rounds chaining came as near: more rounds tell better.",
    });
  });

  it("says so of a round that was just as fast", () => {
    const chaining = { ...measured("chaining", 300, 1), ns_per_op: { median: 300, least: 56, most: 360 } };
    const { because } = recommend([chaining, measured("robin-hood", 56, 1)]);
    expect(because).toMatch(/In some rounds chaining came as near/);
  });

  it("is the smaller one of those that are about as fast", () => {
    expect(
      recommend([measured("chaining", 80, 3), measured("robin-hood", 83, 2), measured("adaptive", 90, 1)]),
    ).toEqual({
      backend: "robin-hood",
      because: "At 83 ns an operation it is as fast as chaining within 5 %, and takes the least memory, 2.00 MiB.",
    });
  });
});

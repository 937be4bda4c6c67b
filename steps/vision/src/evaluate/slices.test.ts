import { describe, expect, it } from "vitest";
import type { Metadata } from "../images/metadata.ts";
import type { Decision } from "../policy/decide.ts";
import { hardExamples } from "./hard-examples.ts";
import { slices } from "./slices.ts";

const call = (value: Decision["call"], probability = 0.9): Decision => ({ call: value, probability });

describe("slices", () => {
  it("measures each value of each column by itself, and leaves out pictures without one", () => {
    const metadata: Metadata[] = [
      { weather: "rain" },
      { weather: "rain", haze: true },
      { weather: "sun" },
      { haze: false },
    ];
    const found = slices(metadata, [call(1), call(0), call(null), call(1)], [1, 1, 0, 0]);
    expect(found.map(({ column, value, count, decided }) => [column, value, count, decided])).toEqual([
      ["haze", "false", 1, 1],
      ["haze", "true", 1, 1],
      ["weather", "rain", 2, 2],
      ["weather", "sun", 1, 0],
    ]);
    expect(found[2]).toMatchObject({ accuracy: 0.5, fnr: 0.5, fpr: 0 });
    expect(found[0]).toMatchObject({ accuracy: 0, fpr: 1 });
  });

  it("parts a column of many numbers at its quartiles", () => {
    const metadata = Array.from({ length: 40 }, (_, hour) => ({ hour }));
    const found = slices(
      metadata,
      metadata.map(() => call(1)),
      metadata.map(() => 1),
    );
    expect(found.map(({ value, count }) => [value, count])).toEqual([
      ["1 of 4: 0 to 9.75", 10],
      ["2 of 4: 9.75 to 19.5", 10],
      ["3 of 4: 19.5 to 29.25", 10],
      ["4 of 4: 29.25 to 39", 10],
    ]);
  });
});

describe("hardExamples", () => {
  it("shows the most confident mistakes first, and the least confident successes", () => {
    const decisions = [
      call(1, 0.8),
      call(1, 0.95),
      call(0, 0.3),
      call(0, 0.1),
      call(1, 0.6),
      call(1, 0.55),
      call(null, 0.99),
    ];
    const found = hardExamples(["a", "b", "c", "d", "e", "f", "g"], [0, 0, 1, 1, 1, 1, 0], decisions, 1);
    expect(found).toEqual({
      false_positives: [{ name: "b", label: 0, probability: 0.95 }],
      false_negatives: [{ name: "d", label: 1, probability: 0.1 }],
      low_confidence_correct: [{ name: "f", label: 1, probability: 0.55 }],
    });
  });
});

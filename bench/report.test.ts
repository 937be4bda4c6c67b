import { expect, it } from "vitest";
import { report } from "./report.ts";

const timings = [
  { name: "ours", median: 150, low: 140, high: 160 },
  { name: "floor", median: 50, low: 49.5, high: 51 },
];

it("shows times, ratios, what is to be reached, and how much is missing", () => {
  const targets = [
    { of: "ours", against: "floor", atMost: 4 },
    { of: "ours", against: "floor", atMost: 2 },
    { of: "ours", against: "one that is not installed", atMost: 1 },
  ];
  expect(report("A title", timings, targets)).toBe(
    [
      "A title",
      "  ours    150 ms    (140–160)",
      "  floor  50.0 ms  (49.5–51.0)",
      "  ours / floor  3.00×  at most 4.00×         reached",
      "  ours / floor  3.00×  at most 2.00×  short by 1.50×",
      "",
    ].join("\n"),
  );
});

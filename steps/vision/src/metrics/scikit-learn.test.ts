import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { binaryMetrics } from "./binary-metrics.ts";
import { confusion } from "./confusion.ts";
import { cuts } from "./cuts.ts";
import { operatingPoint } from "./operating-curves.ts";
import { rankScores } from "./ranked-scores.ts";
import { scoreMetrics } from "./score-metrics.ts";

interface Case {
  readonly labels: number[];
  readonly scores: number[];
  readonly expected: Readonly<Record<string, number | null>> & {
    readonly roc?: readonly [fpr: number[], tpr: number[]];
    readonly pr?: readonly [precision: number[], recall: number[]];
  };
}
const cases = readFileSync(new URL("fixtures/scikit-learn.ndjson", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((line): Case => JSON.parse(line));

describe("metrics agree with scikit-learn to 1e-12", () => {
  it("on 1,000 random cases", () => {
    expect(cases).toHaveLength(1000);
    for (const { labels, scores, expected } of cases) {
      const calls = scores.map((score) => (score >= 0.5 ? 1 : 0));
      const found = {
        ...binaryMetrics(confusion(labels, calls)),
        ...scoreMetrics(Float64Array.from(scores), labels),
      };
      for (const [name, value] of Object.entries(found)) {
        const wanted = expected[name];
        if (value === null || wanted === null) expect(value, name).toBe(wanted);
        else expect(Math.abs(value - wanted!), `${name} of ${labels} and ${scores}`).toBeLessThan(1e-12);
      }
    }
  });

  it("point by point of ROC and precision–recall curves", () => {
    const curves = cases.filter(({ expected }) => expected.roc !== undefined);
    expect(curves.length).toBeGreaterThan(150);
    for (const { labels, scores, expected } of curves) {
      const all = cuts(rankScores(Float64Array.from(scores), labels));
      const ascending = Array.from(all.thresholds.keys(), (cut) => operatingPoint(all, cut));
      const descending = ascending.toReversed();
      same(
        descending.map(({ fpr }) => fpr),
        expected.roc![0],
      );
      same(
        descending.map(({ tpr }) => tpr),
        expected.roc![1],
      );
      same(
        ascending.map(({ precision }) => precision),
        expected.pr![0],
      );
      same(
        ascending.map(({ tpr }) => tpr),
        expected.pr![1],
      );
    }
  });
});

function same(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [index, value] of found.entries()) expect(Math.abs(value - expected[index]!)).toBeLessThan(1e-12);
}

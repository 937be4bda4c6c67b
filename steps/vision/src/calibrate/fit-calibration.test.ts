import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { negativeLogLikelihood } from "../metrics/likelihood.ts";
import { generator } from "../random/generator.ts";
import { calibrated, sigmoid } from "./calibrated.ts";
import type { CalibrationMethod } from "./calibration.ts";
import { fitCalibration } from "./fit-calibration.ts";

interface Case {
  readonly margins: number[];
  readonly labels: number[];
  readonly temperature: number;
  readonly platt: number[];
  readonly isotonic: number[];
  readonly beta: number[];
  readonly dirichlet: number[];
}
const cases = readFileSync(new URL("fixtures/maps.ndjson", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((line): Case => JSON.parse(line));
const grid = logitsOf(Array.from({ length: 25 }, (_, index) => -6 + index / 2));

const methods = ["temperature", "platt", "isotonic", "beta", "dirichlet"] as const;

function logitsOf(margins: readonly number[]): number[] {
  return margins.flatMap((margin) => [0, margin]);
}

describe("fitCalibration", () => {
  it("finds the temperature that SciPy finds", () => {
    for (const { margins, labels, temperature } of cases) {
      const map = fitCalibration("temperature", logitsOf(margins), labels);
      expect(map.method === "temperature" && map.temperature / temperature).toBeCloseTo(1, 5);
    }
  });

  it.each(["platt", "isotonic", "beta", "dirichlet"] as const)(
    "gives the probabilities that SciPy and scikit-learn give: %s",
    (method) => {
      for (const each of cases) {
        const map = fitCalibration(method, logitsOf(each.margins), each.labels);
        for (const [at, probability] of calibrated(map, grid).entries()) {
          expect(Math.abs(probability - each[method][at]!)).toBeLessThan(1e-4);
        }
      }
    },
  );

  it.each(methods)("repairs what was made too confident: %s", (method) => {
    const random = generator(3);
    const truths = Array.from({ length: 4000 }, () => 2 * random.normal());
    const labels = truths.map((truth) => (random.next() < sigmoid(truth) ? 1 : 0));
    const logits = logitsOf(truths.map((truth) => 3 * truth));
    const map = fitCalibration(method, logits.slice(0, 4000), labels.slice(0, 2000));
    const rest = { logits: logits.slice(4000), labels: labels.slice(2000) };
    const before = negativeLogLikelihood(calibrated(null, rest.logits), rest.labels);
    const after = negativeLogLikelihood(calibrated(map, rest.logits), rest.labels);
    const best = negativeLogLikelihood(truths.slice(2000).map(sigmoid), rest.labels);
    expect(after).toBeLessThan(before - 0.15);
    expect(after).toBeLessThan(best + 0.02);
  });

  it.each([
    ["temperature", { method: "temperature", temperature: 1 }],
    ["beta", { method: "beta", a: 1, b: 1, c: 0 }],
  ] as const)("leaves alone what tells of no best map: %s", (method, map) => {
    expect(fitCalibration(method, logitsOf([-2, -1, 1, 3]), [0, 0, 1, 1])).toEqual(map);
  });

  it("is the share of positives where a beta map could only fall: margins tell the opposite", () => {
    const margins = Array.from({ length: 60 }, (_, index) => Math.sin(index));
    const labels = margins.map((margin, index) => (index % 5 === 0 ? 1 : Number(margin < 0)));
    const share = labels.reduce((sum, label) => sum + label, 0) / labels.length;
    const probabilities = calibrated(fitCalibration("beta", logitsOf(margins), labels), grid);
    for (const probability of probabilities) expect(probability).toBeCloseTo(share, 6);
  });

  it("keeps temperatures between 0.1 and 10", () => {
    const margins = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? 5 : -5));
    const labels = margins.map((_, index) => (index % 4 < 2 ? 1 : 0));
    const map = fitCalibration("temperature", logitsOf(margins), labels);
    expect(map).toEqual({ method: "temperature", temperature: 10 });
    const timid = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? 0.01 : -0.01));
    const nearly = timid.map((margin, index) => (index === 0 ? 0 : Number(margin > 0)));
    expect(fitCalibration("temperature", logitsOf(timid), nearly)).toEqual({ method: "temperature", temperature: 0.1 });
  });

  it("is never undone by logits of any size", () => {
    for (const method of methods) {
      const map = fitCalibration(method as CalibrationMethod, logitsOf([-2, 1, -1, 3]), [0, 0, 1, 1]);
      for (const probability of calibrated(map, logitsOf([-1e6, -700, 0, 700, 1e6]))) {
        expect(probability).toBeGreaterThanOrEqual(0);
        expect(probability).toBeLessThanOrEqual(1);
      }
    }
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { trainedWell } from "../fixtures/made-predictions.ts";
import { binaryMetrics } from "../metrics/binary-metrics.ts";
import { confusion } from "../metrics/confusion.ts";
import { curve } from "./curve.ts";
import { fitPolicy } from "./fit-policy.ts";

const sample = fc
  .array(fc.record({ score: fc.nat(40).map((value) => value / 40), label: fc.integer({ min: 0, max: 1 }) }), {
    minLength: 1,
    maxLength: 60,
  })
  .map((rows) => ({
    scores: Float64Array.from(rows, ({ score }) => score),
    labels: rows.map(({ label }) => label),
  }));
const classes = ["no", "yes"];
const source = { classes, model: `sha256:${"a".repeat(64)}`, fitted_on: trainedWell, calibration: null };

describe("fitPolicy", () => {
  it("finds a threshold that no other beats, the lowest of equals", () => {
    fc.assert(
      fc.property(sample, ({ scores, labels }) => {
        const { policy } = fitPolicy(scores, labels, source, 0.7);
        const metricsAt = (threshold: number) =>
          binaryMetrics(
            confusion(
              labels,
              scores.map((score) => (score >= threshold ? 1 : 0)),
            ),
          );
        expect(policy.metrics).toEqual(metricsAt(policy.threshold));
        for (let tick = -1; tick <= 81; tick++) {
          const threshold = tick / 80 + 1 / 160;
          const { mcc, tp, fp } = metricsAt(threshold);
          expect(mcc).toBeLessThanOrEqual(policy.metrics.mcc);
          const isOther = tp !== policy.metrics.tp || fp !== policy.metrics.fp;
          if (isOther && threshold < policy.threshold) expect(mcc).toBeLessThan(policy.metrics.mcc);
        }
      }),
    );
  });

  it("takes a selection that accepts just the coverage floor", () => {
    const scores = Float64Array.of(0.95, 0.94, 0.93, 0.92, 0.91, 0.55, 0.54, 0.53, 0.52, 0.51);
    const { selective } = fitPolicy(scores, [1, 1, 1, 1, 1, 0, 0, 0, 0, 0], source, 0.5).policy;
    expect(selective).toMatchObject({ coverage: 0.5, risk: 0 });
  });

  it("finds the least selective risk above the coverage floor, with the greatest coverage of equals", () => {
    fc.assert(
      fc.property(sample, fc.double({ min: 0.01, max: 1, noNaN: true }), ({ scores, labels }, floor) => {
        const { selective } = fitPolicy(scores, labels, source, floor).policy;
        const confidences = [...scores].map((p) => Math.max(p, 1 - p));
        const choices = [-1, ...confidences].map((threshold) => {
          const accepted = confidences.flatMap((each, index) => (each > threshold ? [index] : []));
          const errors = accepted.filter((index) => scores[index]! >= 0.5 !== (labels[index] === 1));
          return { coverage: accepted.length / labels.length, risk: errors.length / Math.max(1, accepted.length) };
        });
        const feasible = choices.filter(({ coverage }) => coverage >= floor && coverage > 0);
        const risk = Math.min(...feasible.map((choice) => choice.risk));
        const coverage = Math.max(
          ...feasible.filter((choice) => choice.risk === risk).map((choice) => choice.coverage),
        );
        expect(selective).toMatchObject({ risk, coverage, coverage_floor: floor });
        expect(selective.coverage).toBeGreaterThan(0);
        expect(confidences.filter((each) => each > selective.threshold)).toHaveLength(selective.accepted);
      }),
    );
  });

  it("separates what can be separated", () => {
    const { policy } = fitPolicy(Float64Array.of(0.125, 0.25, 0.75, 0.875), [0, 0, 1, 1], source, 1);
    expect(policy).toMatchObject({ threshold: 0.5, n_cut_points: 5, coverage: 1, class_names: classes });
    expect(policy.metrics).toMatchObject({ mcc: 1, fp: 0, fn: 0 });
    expect(policy.selective).toMatchObject({ accepted: 4, errors: 0, risk: 0 });
  });
});

describe("curve", () => {
  const many = Float64Array.from({ length: 5000 }, (_, index) => ((index * 7919) % 5000) / 5000);
  const labels = Array.from(many, (score, index) => (score + ((index * 31) % 97) / 97 > 1 ? 1 : 0));

  it("holds the chosen cut among evenly spread ones, and no more than asked for", () => {
    const fitted = fitPolicy(many, labels, source, 0.7);
    const { threshold, selective } = curve(fitted, 100);
    expect(threshold.length).toBeLessThanOrEqual(100);
    expect(selective.length).toBeLessThanOrEqual(100);
    expect(Math.max(...threshold.map(({ mcc }) => mcc))).toBe(fitted.policy.metrics.mcc);
    expect(threshold.map((point) => point.threshold)).toContain(fitted.policy.threshold);
    expect(selective.map((point) => point.threshold)).toContain(fitted.policy.selective.threshold);
    expect(threshold[0]).toMatchObject({ threshold: 0, fn: 0, tn: 0 });
    expect(threshold.at(-1)).toMatchObject({ tp: 0, fp: 0 });
  });

  it("holds every cut where they are few", () => {
    const fitted = fitPolicy(Float64Array.of(0.1, 0.9), [0, 1], source, 1);
    expect(curve(fitted, 100).threshold).toHaveLength(3);
  });
});

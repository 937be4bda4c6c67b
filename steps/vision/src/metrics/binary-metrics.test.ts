import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binaryMetrics } from "./binary-metrics.ts";
import { type Confusion, confusion } from "./confusion.ts";

const known: readonly (readonly [Confusion, Readonly<Record<string, number>>])[] = [
  [
    { tp: 7, tn: 0, fp: 9, fn: 2 },
    {
      mcc: -0.3535533905932738,
      accuracy: 0.3888888888888889,
      precision: 0.4375,
      recall: 0.7777777777777778,
      f1: 0.56,
      fnr: 0.2222222222222222,
      fpr: 1,
    },
  ],
  [
    { tp: 49, tn: 2, fp: 46, fn: 3 },
    {
      mcc: -0.03673591791853226,
      accuracy: 0.51,
      precision: 0.5157894736842106,
      recall: 0.9423076923076923,
      f1: 0.6666666666666667,
      fnr: 0.057692307692307696,
      fpr: 0.9583333333333334,
    },
  ],
];

describe("binaryMetrics", () => {
  it.each(known)("agrees with scikit-learn on %o", (counts, expected) => {
    const metrics = binaryMetrics(counts);
    for (const [name, value] of Object.entries(expected)) {
      expect(Math.abs(metrics[name as keyof typeof metrics] - value), name).toBeLessThan(1e-15);
    }
  });

  it("counts labels and predictions", () => {
    const metrics = binaryMetrics(confusion([0, 0, 1, 1, 1], [0, 0, 1, 1, 0]));
    expect(metrics).toMatchObject({ tp: 2, tn: 2, fp: 0, fn: 1, accuracy: 0.8 });
    expect(metrics.mcc).toBeCloseTo(2 / 3, 14);
    expect(metrics.fnr).toBeCloseTo(1 / 3, 14);
  });

  it("has no MCC beyond 1 where large counts are rounded", () => {
    const [ones, zeros] = [701_372, 380_517];
    expect(binaryMetrics({ tp: ones, tn: zeros, fp: 0, fn: 0 }).mcc).toBe(1);
    expect(binaryMetrics({ tp: 0, tn: 0, fp: zeros, fn: ones }).mcc).toBe(-1);
  });

  it.each([[{ tp: 0, tn: 0, fp: 0, fn: 0 }], [{ tp: 0, tn: 9, fp: 0, fn: 0 }], [{ tp: 0, tn: 3, fp: 0, fn: 4 }]])(
    "says 0 where nothing is to divide by: %o",
    (counts) => {
      expect(binaryMetrics(counts)).toMatchObject({ mcc: 0, precision: 0, f1: 0, fpr: 0, recall: 0 });
    },
  );

  it("changes the sign of mcc where every prediction is turned round", () => {
    const natural = fc.nat(1000);
    fc.assert(
      fc.property(natural, natural, natural, natural, (tp, tn, fp, fn) => {
        const turned = binaryMetrics({ tp: fn, fn: tp, tn: fp, fp: tn });
        expect(turned.mcc + binaryMetrics({ tp, tn, fp, fn }).mcc).toBeCloseTo(0, 12);
      }),
    );
  });

  it("refuses lists of different length", () => {
    expect(() => confusion([0, 1], [1])).toThrow("2 labels do not go with 1 predictions.");
  });
});

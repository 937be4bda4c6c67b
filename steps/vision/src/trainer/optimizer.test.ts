import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TensorSpec } from "../network/tensor-spec.ts";
import { learningRate } from "./learning-rate.ts";
import { norm, startOptimizer, update } from "./optimizer.ts";

const specs: TensorSpec[] = [
  { name: "w.weight", shape: [2], offset: 0, length: 2, initial: { constant: 0 }, decays: true },
  { name: "w.bias", shape: [1], offset: 2, length: 1, initial: { constant: 0 }, decays: false },
];

describe("update", () => {
  it("follows AdamW, written out by hand in double precision", () => {
    const state = startOptimizer(Float32Array.of(1, -2, 3));
    const gradients = [
      [0.3, -0.4, 0.1],
      [-0.2, 0.5, 0.05],
      [0.1, 0.1, -0.3],
    ];
    const options = { weightDecay: 0.1, clip: 100, averageDecay: 0.5 };
    for (const gradient of gradients) update(state, Float32Array.from(gradient), specs, 0.01, options);
    const expected = [1, -2, 3].map((start, index) => {
      let value = start;
      let mean = 0;
      let square = 0;
      let average = start;
      for (const [step, gradient] of gradients.entries()) {
        const slope = gradient[index]!;
        mean = 0.9 * mean + 0.1 * slope;
        square = 0.999 * square + 0.001 * slope ** 2;
        const direction = mean / (1 - 0.9 ** (step + 1)) / (Math.sqrt(square / (1 - 0.999 ** (step + 1))) + 1e-8);
        value = value * (index < 2 ? 1 - 0.01 * 0.1 : 1) - 0.01 * direction;
        const keep = Math.min(0.5, (2 + step) / (11 + step));
        average = keep * average + (1 - keep) * value;
      }
      return { value, average };
    });
    for (const [index, { value, average }] of expected.entries()) {
      expect(state.values[index]).toBeCloseTo(value, 5);
      expect(state.average[index]).toBeCloseTo(average, 5);
    }
    expect(state.step).toBe(3);
  });

  it("shortens a gradient to the clip, so that a longer one of its direction makes the same update", () => {
    const options = { weightDecay: 0, clip: 1, averageDecay: 0 };
    const after = (gradient: readonly number[]) => {
      const state = startOptimizer(Float32Array.of(0, 0, 0));
      update(state, Float32Array.from(gradient), specs, 0.1, options);
      return [...state.moment1];
    };
    const [first, second] = [after([0, 0, 7]), after([0, 0, 700])];
    expect(first[2]).toBeCloseTo(0.1, 6);
    expect(second).toEqual(first);
    expect(after([0.3, 0, 0.4])[0]).toBeCloseTo(0.03, 7);
  });
});

describe("norm", () => {
  it("is not finite where an element is not", () => {
    expect(norm(Float32Array.of(3, 4))).toBe(5);
    expect(norm(Float32Array.of(1, Number.NaN))).toBeNaN();
    expect(norm(Float32Array.of(1, -Infinity))).toBe(Infinity);
  });
});

describe("learningRate", () => {
  const schedule = { peak: 0.1, warmUp: 10, total: 100 };

  it("rises straight to its peak, then falls to a hundredth of it", () => {
    expect(learningRate(0, schedule)).toBeCloseTo(0.01, 12);
    expect(learningRate(9, schedule)).toBeCloseTo(0.1, 12);
    expect(learningRate(10, schedule)).toBeCloseTo(0.1, 12);
    expect(learningRate(54, schedule)).toBeCloseTo(0.0514, 3);
    expect(learningRate(99, schedule)).toBeCloseTo(0.001, 12);
  });

  it("never rises after the warm-up, and stays positive, whatever the schedule", () => {
    const schedules = fc.record({ warmUp: fc.nat(20), total: fc.integer({ min: 1, max: 60 }) });
    fc.assert(
      fc.property(schedules, ({ warmUp, total }) => {
        const rates = Array.from({ length: total }, (_, step) => learningRate(step, { peak: 1, warmUp, total }));
        for (const [step, rate] of rates.entries()) {
          expect(rate).toBeGreaterThan(0);
          expect(rate).toBeLessThanOrEqual(1);
          if (step > warmUp) expect(rate).toBeLessThanOrEqual(rates[step - 1]!);
        }
      }),
    );
  });
});

import { describe, expect, it } from "vitest";
import type { TensorSpec } from "../network/tensor-spec.ts";
import { checkFinite } from "./check-finite.ts";

const specs: TensorSpec[] = [
  { name: "embed.weight", shape: [2], offset: 0, length: 2, initial: { constant: 0 }, decays: true },
  { name: "head.bias", shape: [1], offset: 2, length: 1, initial: { constant: 0 }, decays: false },
];
const place = { epoch: 3, step: 17 };

describe("checkFinite", () => {
  it("passes what is finite", () => {
    expect(() => checkFinite(0.1, Float32Array.of(1, 2, 3), specs, place)).not.toThrow();
  });

  it.each([
    [Number.NaN, [0, 0, 0], "the loss is NaN"],
    [Infinity, [0, 0, 0], "the loss is Infinity"],
    [0.1, [0, 0, Number.NaN], 'the gradient of "head.bias" is not finite'],
    [0.1, [0, Infinity, 0], 'the gradient of "embed.weight" is not finite'],
  ])("names what is not: loss %d, gradient %j", (loss, gradient, what) => {
    expect(() => checkFinite(loss, Float32Array.from(gradient), specs, place)).toThrow(
      `Training diverged in epoch 3, update 17: ${what}. Lower lr, raise warmUp, or lower clip.`,
    );
  });
});

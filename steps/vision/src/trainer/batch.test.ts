import { describe, expect, it } from "vitest";
import { calibrated } from "../calibrate/calibrated.ts";
import type { ImageSet } from "../images/image-set.ts";
import { meanCrossEntropy } from "../metrics/mean-cross-entropy.ts";
import type { Architecture } from "../network/architecture.ts";
import { smallArchitecture } from "../network/fixtures/small-architecture.ts";
import { measure } from "../network/preprocessing.ts";
import { writeViews } from "../network/write-views.ts";
import { generator } from "../random/generator.ts";
import { TrainOptions } from "./train-options.ts";
import { trainingBatch } from "./training-batch.ts";

const architecture: Architecture = { ...smallArchitecture, size: 4, patch: 2 };

/** Pixel number p of image i has red p, green 100 + i, blue 50. */
const images: ImageSet = {
  size: 4,
  channels: 3,
  classes: ["no", "yes"],
  labels: Uint8Array.of(0, 0, 0, 1),
  pixels: Uint8Array.from({ length: 4 * 48 }, (_, index) =>
    index % 3 === 0 ? (index % 48) / 3 : index % 3 === 1 ? 100 + Math.floor(index / 48) : 50,
  ),
};

describe("writeViews", () => {
  const plain = { mean: [0, 0, 0], deviation: [1 / 255, 1 / 255, 1 / 255] };

  it("goes patch by patch, left to right and down, and normalises each channel", () => {
    const target = new Float32Array(2 * 48);
    writeViews(images.pixels.subarray(48, 96), architecture, plain, target, 48);
    const red = Array.from({ length: 16 }, (_, pixel) => Math.round(target[48 + pixel * 3]!));
    expect(red).toEqual([0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15]);
    expect(target.subarray(0, 48).every((value) => value === 0)).toBe(true);
  });

  it("sees beyond each side of a patch what overlaps, and 0 beyond the image", () => {
    const target = new Float32Array(4 * 48).fill(-1);
    writeViews(images.pixels.subarray(0, 48), { ...architecture, overlap: 1 }, plain, target, 0);
    const view = (patch: number, channel: number) =>
      Array.from({ length: 16 }, (_, pixel) => Math.round(target[patch * 48 + pixel * 3 + channel]!));
    expect(view(0, 0)).toEqual([0, 0, 0, 0, 0, 0, 1, 2, 0, 4, 5, 6, 0, 8, 9, 10]);
    expect(view(3, 0)).toEqual([5, 6, 7, 0, 9, 10, 11, 0, 13, 14, 15, 0, 0, 0, 0, 0]);
    expect(view(3, 1)).toEqual([100, 100, 100, 0, 100, 100, 100, 0, 100, 100, 100, 0, 0, 0, 0, 0]);
  });
});

describe("measure", () => {
  it("gives mean and deviation of each channel, never a deviation of 0", () => {
    const { mean, deviation } = measure(images);
    expect(mean.map((value) => value * 255)).toEqual([7.5, 101.5, 50].map((value) => expect.closeTo(value, 9)));
    expect(deviation[0]! * 255).toBeCloseTo(Math.sqrt(21.25), 9);
    expect(deviation[1]! * 255).toBeCloseTo(Math.sqrt(1.25), 9);
    expect(deviation[2]! * 255).toBeCloseTo(1, 9);
  });
});

describe("trainingBatch", () => {
  const options = TrainOptions.parse({ labelSmoothing: 0.1 });
  const make = (positions: readonly number[], changes: Partial<TrainOptions> = {}) => {
    const model = { architecture, preprocessing: measure(images) };
    return trainingBatch(images, positions, 4, model, { ...options, ...changes }, generator(1));
  };

  it("weighs classes alike, smooths targets, and sums to 1 over the batch", () => {
    const [, targets] = make([0, 1, 2, 3]);
    const rows = [0, 1, 2, 3].map((row) => targets[row * 2]! + targets[row * 2 + 1]!);
    expect(rows).toEqual([1 / 6, 1 / 6, 1 / 6, 1 / 2].map((share) => expect.closeTo(share, 6)));
    expect(targets[7]! / rows[3]!).toBeCloseTo(0.9, 6);
    expect(targets[0]! / rows[0]!).toBeCloseTo(0.9, 6);
  });

  it("weighs images alike where told to", () => {
    const [, targets] = make([0, 3], { classWeights: "none" });
    expect([targets[0]! + targets[1]!, targets[2]! + targets[3]!]).toEqual(
      [0.5, 0.5].map((each) => expect.closeTo(each, 6)),
    );
  });

  it("leaves the rows beyond its images at zero", () => {
    const [patches, targets] = make([2]);
    expect(patches).toHaveLength(4 * 48);
    expect(patches.subarray(48).every((value) => value === 0)).toBe(true);
    expect(targets.subarray(2).every((value) => value === 0)).toBe(true);
  });
});

describe("probabilities and their loss", () => {
  it("are those of a softmax, also where logits are great", () => {
    const logits = Float32Array.of(0, 0, 1, 3, 900, -900);
    expect([...calibrated(null, logits)]).toEqual([0.5, 1 / (1 + Math.exp(-2)), 0]);
    expect(meanCrossEntropy(logits, Uint8Array.of(0, 1, 1))).toBeCloseTo(
      (Math.LN2 + Math.log1p(Math.exp(-2)) + 1800) / 3,
      6,
    );
    expect(meanCrossEntropy(logits, Uint8Array.of(0, 1, 1), [2, 0.5])).toBeCloseTo(
      (2 * Math.LN2 + 0.5 * Math.log1p(Math.exp(-2)) + 0.5 * 1800) / 3,
      6,
    );
  });
});

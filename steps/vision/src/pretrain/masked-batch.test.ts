import { expect, it } from "vitest";
import { smallArchitecture } from "../network/fixtures/small-architecture.ts";
import { generator } from "../random/generator.ts";
import { maskedBatch } from "./masked-batch.ts";
import { MaskedOptions } from "./masked-options.ts";

const [size, patch, count, length] = [16, 4, 16, 48];
const architecture = { ...smallArchitecture, size, patch };
const preprocessing = { mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25] };
const random = generator(3);
const images = { size, channels: 3, pixels: Uint8Array.from({ length: 3 * size * size * 3 }, () => random.below(256)) };
const make = (changes: object, seed = 1, overlap = 0) => {
  const model = { architecture: { ...architecture, overlap }, preprocessing };
  return maskedBatch(images, [2, 0], 4, model, MaskedOptions.parse(changes), generator(seed));
};

it("hides a share of each image's patches, and weighs their values alike, 1 in all", () => {
  const [, hidden, shares] = make({ maskRatio: 0.6 });
  for (const row of [0, 1]) {
    const of = hidden!.subarray(row * count, (row + 1) * count);
    expect(of.reduce((sum, each) => sum + each, 0)).toBe(10);
    for (const [at, each] of of.entries()) {
      expect(shares![row * count + at]).toBeCloseTo(each / (2 * 10 * length), 9);
    }
  }
  expect(make({}, 2)[1]).not.toEqual(hidden);
});

it.each([
  [0.01, 1],
  [0.99, 15],
])("of a share of %d it hides %d of 16 patches", (maskRatio, expected) => {
  expect(
    make({ maskRatio })[1]!
      .subarray(0, count)
      .reduce((sum, each) => sum + each, 0),
  ).toBe(expected);
});

it("asks for values with mean 0 and deviation 1 within each patch, of the image as it was drawn", () => {
  const [views, hidden, , targets] = make({});
  for (let start = 0; start < 2 * count * length; start += length) {
    const [shown, asked] = [views!.subarray(start, start + length), targets!.subarray(start, start + length)];
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / length;
    expect(mean(asked)).toBeCloseTo(0, 4);
    expect(mean(asked.map((value) => value * value))).toBeCloseTo(1, 3);
    if (hidden![start / length] === 1) continue;
    const slope = (asked[1]! - asked[0]!) / (shown[1]! - shown[0]!);
    for (const at of shown.keys()) expect(asked[at]! - asked[0]!).toBeCloseTo(slope * (shown[at]! - shown[0]!), 2);
  }
});

it("shows nothing of what is hidden, neither where it is nor where it overlaps", () => {
  const [overlap, side] = [2, 8];
  const [views, hidden] = make({}, 1, overlap);
  for (let row = 0; row < 2; row++) {
    for (let token = 0; token < count; token++) {
      for (let pixel = 0; pixel < side * side; pixel++) {
        const y = Math.floor(token / 4) * patch - overlap + Math.floor(pixel / side);
        const x = (token % 4) * patch - overlap + (pixel % side);
        const isInside = y >= 0 && y < size && x >= 0 && x < size;
        const isHidden = isInside && hidden![row * count + Math.floor(y / patch) * 4 + Math.floor(x / patch)] === 1;
        const value = views![((row * count + token) * side * side + pixel) * 3]!;
        if (isHidden || !isInside) expect(value).toBeCloseTo(0, 5);
        else expect(Math.abs(value)).toBeGreaterThan(1e-4);
      }
    }
  }
});

it("asks for the same of an image however much its patches overlap", () => {
  expect(make({}, 1, 2)[3]).toEqual(make({})[3]);
});

it("leaves the rows beyond its images at zero, hidden by nothing", () => {
  const [views, hidden, shares] = make({});
  for (const [all, each] of [
    [views!, count * length],
    [hidden!, count],
    [shares!, count],
  ] as const) {
    expect(all).toHaveLength(4 * each);
    expect(all.subarray(2 * each).every((value) => value === 0)).toBe(true);
  }
});

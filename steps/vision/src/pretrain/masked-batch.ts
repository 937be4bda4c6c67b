import { type Pixels, pixelsAt } from "../images/pixels.ts";
import { type BackboneArchitecture, patchCount, patchLength, viewLength } from "../network/architecture.ts";
import type { Preprocessing } from "../network/preprocessing.ts";
import { writeViews } from "../network/write-views.ts";
import type { Generator } from "../random/generator.ts";
import { shuffled } from "../random/shuffled.ts";
import { augment } from "../trainer/augment.ts";
import type { Batch } from "../trainer/gradient-source.ts";
import type { MaskedOptions } from "./masked-options.ts";

/**
 * Makes a batch of `rows` rows for the masked objective from the images at `positions`, drawn anew and hidden in part
 * by `random`. Rows beyond the images there are hold zeros and weigh nothing.
 */
export function maskedBatch(
  images: Pixels,
  positions: readonly number[],
  rows: number,
  model: { readonly architecture: BackboneArchitecture; readonly preprocessing: Preprocessing },
  options: Pick<MaskedOptions, "augment" | "maskRatio">,
  random: Generator,
): Batch {
  const { architecture, preprocessing } = model;
  const count = patchCount(architecture);
  const seen = viewLength(architecture);
  const length = patchLength(architecture);
  const views = new Float32Array(rows * count * seen);
  const hidden = new Float32Array(rows * count);
  const shares = new Float32Array(rows * count);
  const targets = new Float32Array(rows * count * length);
  const drawn = new Float32Array(images.size * images.size * images.channels);
  const hiddenEach = Math.min(count - 1, Math.max(1, Math.round(options.maskRatio * count)));
  for (const [row, position] of positions.entries()) {
    augment(pixelsAt(images, position), images.size, options.augment, random, drawn);
    writeViews(drawn, { ...architecture, overlap: 0 }, preprocessing, targets, row * count * length);
    for (const patch of shuffled(
      Array.from({ length: count }, (_, index) => index),
      random,
    ).slice(0, hiddenEach)) {
      hidden[row * count + patch] = 1;
      shares[row * count + patch] = 1 / (positions.length * hiddenEach * length);
      blank(drawn, architecture, preprocessing, patch);
    }
    writeViews(drawn, architecture, preprocessing, views, row * count * seen);
  }
  normalise(targets, length);
  return [views, hidden, shares, targets];
}

/** Gives the pixels of a patch the mean colour, so that its neighbours' views don't show them. */
function blank(
  image: Float32Array,
  { size, patch: side }: BackboneArchitecture,
  { mean }: Preprocessing,
  patch: number,
): void {
  const across = size / side;
  const top = Math.floor(patch / across) * side;
  const left = (patch % across) * side;
  for (let y = top; y < top + side; y++) {
    for (let x = left; x < left + side; x++) {
      for (const [channel, value] of mean.entries()) image[(y * size + x) * 3 + channel] = 255 * value;
    }
  }
}

/** Takes from each patch its mean, and divides it by its deviation. */
function normalise(patches: Float32Array, length: number): void {
  for (let start = 0; start < patches.length; start += length) {
    let sum = 0;
    let squares = 0;
    for (let index = start; index < start + length; index++) {
      sum += patches[index]!;
      squares += patches[index]! * patches[index]!;
    }
    const mean = sum / length;
    const deviation = Math.sqrt(Math.max(0, squares / length - mean * mean) + 1e-6);
    for (let index = start; index < start + length; index++) patches[index] = (patches[index]! - mean) / deviation;
  }
}

import { type Pixels, pixelsAt } from "../images/pixels.ts";
import { type BackboneArchitecture, patchCount, patchLength } from "../network/architecture.ts";
import { writePatches } from "../network/patches.ts";
import type { Preprocessing } from "../network/preprocessing.ts";
import type { Generator } from "../random/generator.ts";
import { shuffled } from "../random/shuffled.ts";
import { augment } from "../trainer/augment.ts";
import type { Batch } from "../trainer/gradient-source.ts";
import type { MaskedOptions } from "./masked-options.ts";

/**
 * Makes a batch of `rows` rows for the masked objective from the images at `positions`, drawn anew and hidden in part by
 * `random`. Rows beyond the images there are hold zeros and weigh nothing.
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
  const length = patchLength(architecture);
  const patches = new Float32Array(rows * count * length);
  const hidden = new Float32Array(rows * count);
  const shares = new Float32Array(rows * count);
  const drawn = new Float32Array(images.size * images.size * images.channels);
  const hiddenEach = Math.min(count - 1, Math.max(1, Math.round(options.maskRatio * count)));
  for (const [row, position] of positions.entries()) {
    augment(pixelsAt(images, position), images.size, options.augment, random, drawn);
    writePatches(drawn, architecture, preprocessing, patches, row * count * length);
    for (const patch of shuffled(
      Array.from({ length: count }, (_, index) => index),
      random,
    ).slice(0, hiddenEach)) {
      hidden[row * count + patch] = 1;
      shares[row * count + patch] = 1 / (positions.length * hiddenEach * length);
    }
  }
  return [patches, hidden, shares, normalised(patches, length)];
}

/** Each patch less its mean, divided by its deviation. */
function normalised(patches: Float32Array, length: number): Float32Array<ArrayBuffer> {
  const targets = new Float32Array(patches.length);
  for (let start = 0; start < patches.length; start += length) {
    let sum = 0;
    let squares = 0;
    for (let index = start; index < start + length; index++) {
      sum += patches[index]!;
      squares += patches[index]! * patches[index]!;
    }
    const mean = sum / length;
    const deviation = Math.sqrt(Math.max(0, squares / length - mean * mean) + 1e-6);
    for (let index = start; index < start + length; index++) targets[index] = (patches[index]! - mean) / deviation;
  }
  return targets;
}

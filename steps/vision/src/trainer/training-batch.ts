import type { ImageSet } from "../images/image-set.ts";
import type { Generator } from "../random/generator.ts";
import { type Architecture, patchLength, tokenCount } from "./architecture.ts";
import { augment } from "./augment.ts";
import { writePatches } from "./patches.ts";
import type { Preprocessing } from "./preprocessing.ts";
import type { TrainOptions } from "./train-options.ts";

/** Input of one update. Rows beyond the images there are hold zeros and weigh nothing. */
export interface Batch {
  /** [rows, tokens, patch values]. */
  readonly patches: Float32Array<ArrayBuffer>;
  /** [rows, classes]: smoothed targets times the share of the row in the batch's loss. */
  readonly targets: Float32Array<ArrayBuffer>;
}

/** Makes a training batch of `rows` rows from the images at `positions`, drawn anew by `random`. */
export function trainingBatch(
  images: ImageSet,
  positions: readonly number[],
  rows: number,
  model: { readonly architecture: Architecture; readonly preprocessing: Preprocessing },
  options: TrainOptions,
  random: Generator,
): Batch {
  const { architecture, preprocessing } = model;
  const perImage = tokenCount(architecture) * patchLength(architecture);
  const patches = new Float32Array(rows * perImage);
  const targets = new Float32Array(rows * architecture.classes);
  const drawn = new Float32Array(images.size * images.size * images.channels);
  const weights = classWeights(images, options.classWeights);
  const total = positions.reduce((sum, position) => sum + weights[images.labels[position]!]!, 0);
  for (const [row, position] of positions.entries()) {
    const label = images.labels[position]!;
    augment(pixelsAt(images, position), images.size, options.augment, random, drawn);
    writePatches(drawn, architecture, preprocessing, patches, row * perImage);
    const share = weights[label]! / total;
    for (let index = 0; index < architecture.classes; index++) {
      const target = index === label ? 1 - options.labelSmoothing : options.labelSmoothing / (architecture.classes - 1);
      targets[row * architecture.classes + index] = target * share;
    }
  }
  return { patches, targets };
}

/** The bytes of one image of a set. */
export function pixelsAt({ pixels, size, channels }: ImageSet, position: number): Uint8Array {
  const length = size * size * channels;
  return pixels.subarray(position * length, (position + 1) * length);
}

function classWeights({ labels, classes }: ImageSet, how: TrainOptions["classWeights"]): number[] {
  switch (how) {
    case "none":
      return classes.map(() => 1);
    case "balanced": {
      const counts = classes.map((_, label) => labels.reduce((sum, each) => sum + (each === label ? 1 : 0), 0));
      return counts.map((count) => (count === 0 ? 0 : labels.length / (classes.length * count)));
    }
    default:
      return how satisfies never;
  }
}

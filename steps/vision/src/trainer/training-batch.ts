import type { ImageSet } from "../images/image-set.ts";
import { pixelsAt } from "../images/pixels.ts";
import { type Architecture, patchCount, viewLength } from "../network/architecture.ts";
import type { Preprocessing } from "../network/preprocessing.ts";
import { writeViews } from "../network/write-views.ts";
import type { Generator } from "../random/generator.ts";
import { augment } from "./augment.ts";
import { classWeights } from "./class-weights.ts";
import type { TrainOptions } from "./train-options.ts";

/**
 * Makes a training batch of `rows` rows from the images at `positions`, drawn anew by `random`: views [rows, patches,
 * view values], and targets [rows, classes], smoothed, times the share of the row in the batch's loss. Rows beyond the
 * images there are hold zeros and weigh nothing.
 */
export function trainingBatch(
  images: ImageSet,
  positions: readonly number[],
  rows: number,
  model: { readonly architecture: Architecture; readonly preprocessing: Preprocessing },
  options: Pick<TrainOptions, "augment" | "classWeights" | "labelSmoothing">,
  random: Generator,
): [views: Float32Array<ArrayBuffer>, targets: Float32Array<ArrayBuffer>] {
  const { architecture, preprocessing } = model;
  const perImage = patchCount(architecture) * viewLength(architecture);
  const views = new Float32Array(rows * perImage);
  const targets = new Float32Array(rows * architecture.classes);
  const drawn = new Float32Array(images.size * images.size * images.channels);
  const weights = classWeights(images, options.classWeights);
  const total = positions.reduce((sum, position) => sum + weights[images.labels[position]!]!, 0);
  for (const [row, position] of positions.entries()) {
    const label = images.labels[position]!;
    augment(pixelsAt(images, position), images.size, options.augment, random, drawn);
    writeViews(drawn, architecture, preprocessing, views, row * perImage);
    const share = weights[label]! / total;
    for (let index = 0; index < architecture.classes; index++) {
      const target = index === label ? 1 - options.labelSmoothing : options.labelSmoothing / (architecture.classes - 1);
      targets[row * architecture.classes + index] = target * share;
    }
  }
  return [views, targets];
}

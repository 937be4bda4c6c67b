import { StepError } from "@orchestrate/sdk";
import { imageCount, type Pixels } from "../images/pixels.ts";
import { initialValues } from "../network/initial-values.ts";
import type { Backbone } from "../weights/backbone.ts";
import { toFlat, toTensors } from "../weights/flat-tensors.ts";
import { type Adaptation, frozenLayout, trainedLayout } from "./adapter.ts";

/**
 * The values that an adaptation starts from: the backbone's own, and adapters that change nothing yet.
 *
 * @returns the flat vectors of trained and of frozen tensors.
 * @throws StepError `backbone-of-another-size` (input) where it takes images of another size, or there is none.
 */
export function startAdaptation(
  adaptation: Adaptation,
  { architecture, tensors }: Backbone,
  images: Pixels,
  seed: number,
): { readonly trained: Float32Array; readonly frozen: Float32Array } {
  if (architecture.size !== images.size || imageCount(images) === 0) {
    throw new StepError({
      error: "backbone-of-another-size",
      category: "input",
      detail: `The backbone takes images of ${architecture.size} pixels; train has ${imageCount(images)} of ${images.size}.`,
      hint: "Give vision/dataset the backbone's size, or pretrain one for images of this size.",
    });
  }
  const specs = trainedLayout(adaptation);
  const drawn = toTensors(specs, initialValues(specs, seed));
  const start = new Map([...drawn].map(([name, tensor]) => [name, tensors.get(name) ?? tensor]));
  return { trained: toFlat(specs, start), frozen: toFlat(frozenLayout(adaptation), tensors) };
}

import type { ImageSet } from "../images/image-set.ts";
import { probabilities } from "../trainer/probabilities.ts";
import type { Predictions } from "./predictions.ts";

/** Brings labels and logits of shape [count, 2] together; a number that isn't finite becomes null. */
export function toPredictions({ classes, labels }: ImageSet, logits: Float32Array): Predictions {
  return {
    split: "val_calib",
    classes: [...classes],
    labels: [...labels],
    probabilities: Array.from(probabilities(logits), finite),
    logits: Array.from(labels, (_, row) => [finite(logits[row * 2]!), finite(logits[row * 2 + 1]!)]),
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

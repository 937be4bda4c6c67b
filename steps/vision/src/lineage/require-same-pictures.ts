import { StepError } from "@orchestrate/sdk";
import type { Split } from "../images/image-set.ts";
import type { Predictions } from "../predictions/predictions.ts";

/**
 * Refuses predictions and a split that are not of the same pictures.
 *
 * @throws StepError `pictures-differ` (input).
 */
export function requireSamePictures(predictions: Predictions, split: Split): void {
  const isSame = predictions.origin.cut === split.origin.cut && predictions.names.join("\n") === split.names.join("\n");
  if (isSame) return;
  throw new StepError({
    error: "pictures-differ",
    category: "input",
    detail: `The predictions are of ${predictions.names.length} pictures of ${predictions.origin.split}, and the split holds others.`,
    hint: "Wire predictions and split that come from one vision/dataset phase.",
  });
}

import { StepError } from "@orchestrate/sdk";
import type { Split } from "../images/image-set.ts";
import type { TrainedModel } from "../weights/model.ts";

/**
 * Refuses a split whose images a model can't take.
 *
 * @throws StepError `images-of-another-model` (input) where size, fit or classes differ.
 */
export function requireImagesOf({ origin, size, fit, classes }: Split, model: TrainedModel): void {
  const { architecture, classes: known } = model;
  if (size === architecture.size && fit === model.fit && classes.join("\n") === known.join("\n")) return;
  const has = `${origin.split} has images of ${size} pixels (fit: ${fit}) and the classes ${classes.join(", ")}`;
  throw new StepError({
    error: "images-of-another-model",
    category: "input",
    detail: `${has}; the model takes ${architecture.size} pixels (fit: ${model.fit}) and knows ${known.join(", ")}.`,
    hint: "Wire checkpoint and splits that come from one vision/dataset phase.",
  });
}

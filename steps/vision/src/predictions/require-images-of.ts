import { StepError } from "@orchestrate/sdk";
import type { Split } from "../images/image-set.ts";
import type { Model } from "../weights/model.ts";

/**
 * Refuses a split whose images a model can't take.
 *
 * @throws StepError `images-of-another-model` (input) where size or classes differ.
 */
export function requireImagesOf({ origin, size, classes }: Split, { architecture, classes: known }: Model): void {
  if (size === architecture.size && classes.join("\n") === known.join("\n")) return;
  const has = `${origin.split} has images of ${size} pixels and the classes ${classes.join(", ")}`;
  throw new StepError({
    error: "images-of-another-model",
    category: "input",
    detail: `${has}; the model takes ${architecture.size} pixels and knows ${known.join(", ")}.`,
    hint: "Wire checkpoint and splits that come from one vision/dataset phase.",
  });
}

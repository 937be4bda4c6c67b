import { StepError } from "@orchestrate/sdk";
import type { Model } from "../weights/model.ts";

/**
 * Refuses a model with a weight that isn't a finite number.
 *
 * @param name how its file is called in errors.
 * @throws StepError `weights-not-finite` (invariant), naming the tensor.
 */
export function checkModel(model: Model, name: string): void {
  for (const [tensor, { data }] of model.tensors) {
    const index = data.findIndex((value) => !Number.isFinite(value));
    if (index < 0) continue;
    throw new StepError({
      error: "weights-not-finite",
      category: "invariant",
      detail: `${name}: tensor "${tensor}" holds ${data[index]} at index ${index}.`,
      hint: "Train anew: a model with such a weight answers every image with nonsense.",
    });
  }
}

import { z } from "@orchestrate/sdk";
import { Fit } from "../images/fit.ts";
import { FittedOn } from "../lineage/fitted-on.ts";
import { PictureSet } from "../lineage/picture-set.ts";
import { Architecture } from "../network/architecture.ts";
import { layout } from "../network/layout.ts";
import { Preprocessing } from "../network/preprocessing.ts";
import { type DescribedKind, decodeDescribed, encodeDescribed } from "./described-tensors.ts";
import type { TrainedModel } from "./model.ts";

const modelFile: DescribedKind<Omit<TrainedModel, "tensors">> = {
  what: "model",
  format: "vision.model/1",
  description: z.strictObject({
    architecture: Architecture,
    preprocessing: Preprocessing,
    classes: z.array(z.string()).length(2),
    fit: Fit,
    fitted_on: FittedOn,
    seen: PictureSet,
  }),
  layout: ({ architecture }) => layout(architecture),
  hint: "Wire a checkpoint that vision/train wrote.",
};

/** Writes a model as safetensors; its metadata `format` is `vision.model/1`, and `model` describes it as JSON. */
export function encodeModel(model: TrainedModel): Uint8Array {
  const { tensors, architecture, preprocessing, classes, fit, fitted_on, seen } = model;
  return encodeDescribed(modelFile, { architecture, preprocessing, classes, fit, fitted_on, seen }, tensors);
}

/**
 * Reads a model that `encodeModel` wrote.
 *
 * @param name how the file is called in errors.
 * @throws StepError `model-malformed` (invariant) where the description is missing or the tensors do not fit it, and
 * `safetensors-malformed`.
 */
export function decodeModel(bytes: Uint8Array, name: string): TrainedModel {
  const { description, tensors } = decodeDescribed(modelFile, bytes, name);
  return { ...description, tensors };
}

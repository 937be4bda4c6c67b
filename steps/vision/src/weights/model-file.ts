import { StepError, z } from "@orchestrate/sdk";
import { FittedOn } from "../lineage/fitted-on.ts";
import { Architecture } from "../network/architecture.ts";
import { layout } from "../network/layout.ts";
import { Preprocessing } from "../network/preprocessing.ts";
import { checkTensors } from "./check-tensors.ts";
import { decodeSafetensors } from "./decode-safetensors.ts";
import { encodeSafetensors } from "./encode-safetensors.ts";
import type { TrainedModel } from "./model.ts";

const Description = z.strictObject({
  architecture: Architecture,
  preprocessing: Preprocessing,
  classes: z.array(z.string()).length(2),
  fitted_on: FittedOn,
});

/** Writes a model as safetensors; its metadata `format` is `vision.model/1`, and `model` describes it as JSON. */
export function encodeModel({ tensors, architecture, preprocessing, classes, fitted_on }: TrainedModel): Uint8Array {
  const description = JSON.stringify({ architecture, preprocessing, classes, fitted_on });
  return encodeSafetensors(tensors, { format: "vision.model/1", model: description });
}

/**
 * Reads a model that `encodeModel` wrote.
 *
 * @param name how the file is called in errors.
 * @throws StepError `model-malformed` (invariant) where the description is missing or the tensors do not fit it, and
 * `safetensors-malformed`.
 */
export function decodeModel(bytes: Uint8Array, name: string): TrainedModel {
  const { tensors, metadata } = decodeSafetensors(bytes, name);
  if (metadata.format !== "vision.model/1") throw malformed(name, "its metadata does not say vision.model/1");
  const description = describe(metadata.model ?? "", name);
  const fault = checkTensors(tensors, layout(description.architecture));
  if (fault !== undefined) throw malformed(name, fault);
  return { ...description, tensors };
}

function describe(json: string, name: string): z.infer<typeof Description> {
  try {
    return Description.parse(JSON.parse(json));
  } catch (cause) {
    throw malformed(name, "its metadata does not describe a model", cause);
  }
}

function malformed(name: string, what: string, cause?: unknown): StepError {
  return new StepError(
    {
      error: "model-malformed",
      category: "invariant",
      detail: `${name} is not a model of this kind: ${what}.`,
      hint: "Wire a checkpoint that vision/train wrote.",
    },
    { cause },
  );
}

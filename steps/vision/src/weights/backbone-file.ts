import { StepError, z } from "@orchestrate/sdk";
import { FittedOn } from "../lineage/fitted-on.ts";
import { BackboneArchitecture } from "../network/architecture.ts";
import { Preprocessing } from "../network/preprocessing.ts";
import { maskedLayout } from "../pretrain/masked-layout.ts";
import type { Backbone } from "./backbone.ts";
import { checkTensors } from "./check-tensors.ts";
import { decodeSafetensors } from "./decode-safetensors.ts";
import { encodeSafetensors } from "./encode-safetensors.ts";

const Description = z.strictObject({
  architecture: BackboneArchitecture,
  preprocessing: Preprocessing,
  origin: z.enum(["random", "pretrained", "imported", "adapted"]),
  fitted_on: FittedOn,
});

/** Writes a backbone as safetensors; its metadata `format` is `vision.backbone/1`, and `backbone` describes it as JSON. */
export function encodeBackbone({ tensors, architecture, preprocessing, origin, fitted_on }: Backbone): Uint8Array {
  const description = JSON.stringify({ architecture, preprocessing, origin, fitted_on });
  return encodeSafetensors(tensors, { format: "vision.backbone/1", backbone: description });
}

/**
 * Reads a backbone that `encodeBackbone` wrote.
 *
 * @param name how the file is called in errors.
 * @throws StepError `backbone-malformed` (invariant) where the description is missing or the tensors do not fit it, and
 * `safetensors-malformed`.
 */
export function decodeBackbone(bytes: Uint8Array, name: string): Backbone {
  const { tensors, metadata } = decodeSafetensors(bytes, name);
  if (metadata.format !== "vision.backbone/1") throw malformed(name, "its metadata does not say vision.backbone/1");
  const description = describe(metadata.backbone ?? "", name);
  const fault = checkTensors(tensors, maskedLayout(description.architecture));
  if (fault !== undefined) throw malformed(name, fault);
  return { ...description, tensors };
}

function describe(json: string, name: string): z.infer<typeof Description> {
  try {
    return Description.parse(JSON.parse(json));
  } catch (cause) {
    throw malformed(name, "its metadata does not describe a backbone", cause);
  }
}

function malformed(name: string, what: string, cause?: unknown): StepError {
  return new StepError(
    {
      error: "backbone-malformed",
      category: "invariant",
      detail: `${name} is not a backbone of this kind: ${what}.`,
      hint: "Wire a backbone that vision/pretrain, vision/import-backbone or vision/explora wrote.",
    },
    { cause },
  );
}

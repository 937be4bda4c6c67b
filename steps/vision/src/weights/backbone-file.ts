import { z } from "@orchestrate/sdk";
import { FittedOn } from "../lineage/fitted-on.ts";
import { PictureSet } from "../lineage/picture-set.ts";
import { BackboneArchitecture } from "../network/architecture.ts";
import { Preprocessing } from "../network/preprocessing.ts";
import { maskedLayout } from "../pretrain/masked-layout.ts";
import type { Backbone } from "./backbone.ts";
import { type DescribedKind, decodeDescribed, encodeDescribed } from "./described-tensors.ts";

const backboneFile: DescribedKind<Omit<Backbone, "tensors">> = {
  what: "backbone",
  format: "vision.backbone/1",
  description: z.strictObject({
    architecture: BackboneArchitecture,
    preprocessing: Preprocessing,
    origin: z.enum(["random", "pretrained", "imported", "adapted"]),
    fitted_on: FittedOn,
    seen: PictureSet,
  }),
  layout: ({ architecture }) => maskedLayout(architecture),
  hint: "Wire a backbone that vision/pretrain, vision/import-backbone or vision/explora wrote.",
};

/**
 * Writes a backbone as safetensors; its metadata `format` is `vision.backbone/1`, and `backbone` describes it as JSON.
 */
export function encodeBackbone(backbone: Backbone): Uint8Array {
  const { tensors, architecture, preprocessing, origin, fitted_on, seen } = backbone;
  return encodeDescribed(backboneFile, { architecture, preprocessing, origin, fitted_on, seen }, tensors);
}

/**
 * Reads a backbone that `encodeBackbone` wrote.
 *
 * @param name how the file is called in errors.
 * @throws StepError `backbone-malformed` (invariant) where the description is missing or the tensors do not fit it, and
 * `safetensors-malformed`.
 */
export function decodeBackbone(bytes: Uint8Array, name: string): Backbone {
  const { description, tensors } = decodeDescribed(backboneFile, bytes, name);
  return { ...description, tensors };
}

import { type BackboneArchitecture, patchLength } from "../network/architecture.ts";
import { backboneShapes, blockShapes, normShapes } from "../network/layout.ts";
import { linearShapes, placeTensors, type TensorShape, type TensorSpec } from "../network/tensor-spec.ts";

/** A backbone's tensors, then those of `decoderShapes`. */
export function maskedLayout(backbone: BackboneArchitecture): readonly TensorSpec[] {
  return placeTensors([...backboneShapes(backbone), ...decoderShapes(backbone)]);
}

/**
 * What the masked objective adds to a backbone: the token of hidden patches, and a decoder of one block and a matrix.
 */
export function decoderShapes(backbone: BackboneArchitecture): readonly TensorShape[] {
  return [
    { name: "hidden", shape: [backbone.width], initial: { normal: 0.02 } },
    ...blockShapes(backbone, "decoder.block"),
    ...normShapes("decoder.norm", backbone.width),
    ...linearShapes("decoder", backbone.width, patchLength(backbone)),
  ];
}

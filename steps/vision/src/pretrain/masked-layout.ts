import { type BackboneArchitecture, patchLength } from "../network/architecture.ts";
import { backboneShapes } from "../network/layout.ts";
import { linearShapes, placeTensors, type TensorShape, type TensorSpec } from "../network/tensor-spec.ts";

/** A backbone's tensors, then those that only the masked objective needs: the token of hidden patches, and the decoder. */
export function maskedLayout(backbone: BackboneArchitecture): readonly TensorSpec[] {
  return placeTensors([...backboneShapes(backbone), ...decoderShapes(backbone)]);
}

/** What the masked objective adds to a backbone. */
export function decoderShapes(backbone: BackboneArchitecture): readonly TensorShape[] {
  return [
    { name: "hidden", shape: [backbone.width], initial: { normal: 0.02 } },
    ...linearShapes("decoder", backbone.width, patchLength(backbone)),
  ];
}

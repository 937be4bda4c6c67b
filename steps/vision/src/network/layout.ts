import { type Architecture, type BackboneArchitecture, tokenCount, viewLength } from "./architecture.ts";
import { linearShapes, placeTensors, type TensorShape, type TensorSpec } from "./tensor-spec.ts";

/** Lists a classifier's tensors in their order in the flat vector: those of its backbone, then its head. */
export function layout(architecture: Architecture): readonly TensorSpec[] {
  return placeTensors([
    ...backboneShapes(architecture),
    ...linearShapes("head", architecture.width, architecture.classes),
  ]);
}

/** Lists a backbone's tensors in their order. Matrices are [in, out]: a row vector times a matrix. */
export function backboneLayout(backbone: BackboneArchitecture): readonly TensorSpec[] {
  return placeTensors(backboneShapes(backbone));
}

/** A backbone's tensors without their places. */
export function backboneShapes(backbone: BackboneArchitecture): readonly TensorShape[] {
  const { width, depth, pooling } = backbone;
  return [
    ...linearShapes("embed", viewLength(backbone), width),
    ...(pooling === "class" ? [{ name: "class", shape: [width], initial: { normal: 0.02 } }] : []),
    { name: "position", shape: [tokenCount(backbone), width], initial: { normal: 0.02 } },
    ...Array.from({ length: depth }, (_, block) => blockShapes(backbone, `blocks.${block}`)).flat(),
    ...normShapes("norm", width),
  ];
}

/** The tensors of one block. */
export function blockShapes(backbone: BackboneArchitecture, name: string): readonly TensorShape[] {
  const { width, expansion } = backbone;
  return [
    ...normShapes(`${name}.norm1`, width),
    ...mixingShapes(backbone, name),
    ...normShapes(`${name}.norm2`, width),
    ...linearShapes(`${name}.up`, width, width * expansion),
    ...linearShapes(`${name}.down`, width * expansion, width),
  ];
}

export function normShapes(name: string, width: number): readonly TensorShape[] {
  return [
    { name: `${name}.scale`, shape: [width], initial: { constant: 1 } },
    { name: `${name}.bias`, shape: [width], initial: { constant: 0 } },
  ];
}

function mixingShapes(backbone: BackboneArchitecture, block: string): readonly TensorShape[] {
  const { mixing, width, expansion } = backbone;
  switch (mixing) {
    case "attention":
      return ["query", "key", "value", "output"].flatMap((name) => linearShapes(`${block}.${name}`, width, width));
    case "perceptron": {
      const tokens = tokenCount(backbone);
      return [
        ...linearShapes(`${block}.tokens.up`, tokens, tokens * expansion),
        ...linearShapes(`${block}.tokens.down`, tokens * expansion, tokens),
      ];
    }
    default:
      return mixing satisfies never;
  }
}

import { numpy as np } from "@jax-js/jax";
import { type BackboneArchitecture, patchCount, patchLength, viewLength } from "../network/architecture.ts";
import { embed, encode, runBlock } from "../network/encode.ts";
import type { Formulation } from "../network/formulation.ts";
import { layerNorm, linear, type Parameters, parameter } from "../network/operations.ts";
import { maskedLayout } from "./masked-layout.ts";

/**
 * The masked-image objective: hidden patches are replaced by one learnt token, as in SimMIM (Xie et al., arXiv
 * 2111.09886), since a perceptron over tokens needs all of them; what is predicted of them are their values, normalised
 * within the patch, and the loss is the mean square over hidden patches, both as in MAE (He et al., arXiv 2111.06377).
 * As there, a decoder of its own, here of one block, follows the backbone, whose last block need not be it.
 *
 * Inputs, each for all patches: views [patches, view values], in which hidden patches are blank, hidden [patches, 1], 1
 * where the patch is hidden, shares [patches, 1] of a value of the patch in the loss, targets [patches, patch values].
 */
export function maskedObjective(backbone: BackboneArchitecture): Formulation {
  return {
    trained: maskedLayout(backbone),
    frozen: [],
    inputs: maskedInputs(backbone),
    loss: (parameters, inputs) => reconstructionLoss(backbone, parameters, inputs),
  };
}

/** The shapes of the inputs that `reconstructionLoss` takes. */
export function maskedInputs(backbone: BackboneArchitecture): readonly (readonly number[])[] {
  const patches = patchCount(backbone);
  return [
    [patches, viewLength(backbone)],
    [patches, 1],
    [patches, 1],
    [patches, patchLength(backbone)],
  ];
}

/** Σ shares · (prediction − target)². It consumes its arguments. */
export function reconstructionLoss(
  backbone: BackboneArchitecture,
  parameters: Parameters,
  inputs: readonly np.Array[],
): np.Array {
  const [views, hidden, shares, targets] = inputs as [np.Array, np.Array, np.Array, np.Array];
  const [rows, count, values] = targets.shape as [number, number, number];
  const shown = embed(backbone, parameters, views).mul(hidden.ref.mul(-1).add(1));
  const tokens = shown.add(hidden.mul(parameter(parameters, "hidden")));
  const decoded = runBlock(backbone, parameters, "decoder.block", encode(backbone, parameters, tokens));
  const normed = layerNorm(parameters, "decoder.norm", decoded, backbone.epsilon);
  const ofPatches = backbone.pooling === "class" ? normed.slice([], [1]) : normed;
  const flat = ofPatches.reshape([rows * count, backbone.width]);
  const predicted = linear(parameters, "decoder", flat).reshape([rows, count, values]);
  return np.sum(np.square(predicted.sub(targets)).mul(shares));
}

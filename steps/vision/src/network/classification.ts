import { nn, numpy as np } from "@jax-js/jax";
import { type Architecture, patchCount, patchLength } from "./architecture.ts";
import { embed, encode, pool } from "./encode.ts";
import type { Formulation } from "./formulation.ts";
import { layout } from "./layout.ts";
import { linear, type Parameters } from "./operations.ts";

/**
 * Patches [batch, patches, patch values] to logits [batch, classes], and to the features [batch, width] that the head
 * makes them from. It consumes its arguments.
 */
export function classify(architecture: Architecture, parameters: Parameters, patches: np.Array): [np.Array, np.Array] {
  const encoded = encode(architecture, parameters, embed(architecture, parameters, patches));
  const features = pool(architecture, encoded);
  return [linear(parameters, "head", features.ref), features];
}

/**
 * Cross-entropy −Σ targets · log softmax(logits). Inputs: patches [patches, patch values], and targets [classes], which
 * carry the weight of their row.
 */
export function classification(architecture: Architecture): Formulation {
  return {
    trained: layout(architecture),
    frozen: [],
    inputs: [[patchCount(architecture), patchLength(architecture)], [architecture.classes]],
    loss: (parameters, [patches, targets]) => {
      const [logits, features] = classify(architecture, parameters, patches!);
      features.dispose();
      return np.sum(nn.logSoftmax(logits, -1).mul(targets!)).mul(-1);
    },
  };
}

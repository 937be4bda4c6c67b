import { nn, numpy as np } from "@jax-js/jax";
import { type Architecture, patchCount, viewLength } from "./architecture.ts";
import { embed, encode, pool } from "./encode.ts";
import type { Formulation } from "./formulation.ts";
import { layout } from "./layout.ts";
import { linear, type Parameters } from "./operations.ts";

/**
 * Views of patches [batch, patches, view values] to logits [batch, classes], and to the features [batch, width] that
 * the head makes them from. It consumes its arguments.
 */
export function classify(architecture: Architecture, parameters: Parameters, views: np.Array): [np.Array, np.Array] {
  const encoded = encode(architecture, parameters, embed(architecture, parameters, views));
  const features = pool(architecture, encoded);
  return [linear(parameters, "head", features.ref), features];
}

/**
 * Cross-entropy −Σ targets · log softmax(logits). Inputs: views [patches, view values], and targets [classes], which
 * carry the weight of their row.
 */
export function classification(architecture: Architecture): Formulation {
  return {
    trained: layout(architecture),
    frozen: [],
    inputs: [[patchCount(architecture), viewLength(architecture)], [architecture.classes]],
    loss: (parameters, [views, targets]) => {
      const [logits, features] = classify(architecture, parameters, views!);
      features.dispose();
      return np.sum(nn.logSoftmax(logits, -1).mul(targets!)).mul(-1);
    },
  };
}

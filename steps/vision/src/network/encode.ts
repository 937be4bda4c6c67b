import { numpy as np } from "@jax-js/jax";
import { type BackboneArchitecture, viewLength } from "./architecture.ts";
import { mixTokens } from "./mix-tokens.ts";
import { activate, layerNorm, linear, type Parameters, parameter } from "./operations.ts";

/**
 * Views of patches [batch, patches, view values] to one token each, [batch, patches, width], without their positions.
 */
export function embed(backbone: BackboneArchitecture, parameters: Parameters, views: np.Array): np.Array {
  const [batch, count] = views.shape as [number, number, number];
  const flat = views.reshape([batch * count, viewLength(backbone)]);
  return linear(parameters, "embed", flat).reshape([batch, count, backbone.width]);
}

/**
 * Tokens as `embed` gives them to what a head sees of them: [batch, tokens, width]. The class token is put before them
 * where there is one, positions are added; each block mixes tokens, then values, both behind a layer norm and added to
 * what came in (Dosovitskiy et al. 2021, arXiv 2010.11929; Tolstikhin et al. 2021, arXiv 2105.01601). ReLU is the
 * default, since it takes two thirds of GELU's time here.
 *
 * It consumes its arguments, as every function of jax-js does.
 */
export function encode(backbone: BackboneArchitecture, parameters: Parameters, tokens: np.Array): np.Array {
  const { depth, epsilon } = backbone;
  let values = withClassToken(backbone, parameters, tokens).add(parameter(parameters, "position"));
  for (let block = 0; block < depth; block++) values = runBlock(backbone, parameters, `blocks.${block}`, values);
  return layerNorm(parameters, "norm", values, epsilon);
}

/** One block: [batch, tokens, width] to the same. */
export function runBlock(
  backbone: BackboneArchitecture,
  parameters: Parameters,
  name: string,
  input: np.Array,
): np.Array {
  const { width, activation, epsilon } = backbone;
  const [batch, count] = input.shape as [number, number, number];
  const normed1 = layerNorm(parameters, `${name}.norm1`, input.ref, epsilon);
  const mixed = input.add(mixTokens(backbone, parameters, name, normed1));
  const normed2 = layerNorm(parameters, `${name}.norm2`, mixed.ref, epsilon).reshape([batch * count, width]);
  const hidden = activate(activation, linear(parameters, `${name}.up`, normed2));
  return mixed.add(linear(parameters, `${name}.down`, hidden).reshape([batch, count, width]));
}

/** The features of an image, [batch, width], of its encoded tokens. */
export function pool({ pooling, width }: BackboneArchitecture, encoded: np.Array): np.Array {
  const batch = encoded.shape[0]!;
  switch (pooling) {
    case "mean":
      return np.mean(encoded, 1);
    case "class":
      return encoded.slice([], [0, 1]).reshape([batch, width]);
    default:
      return pooling satisfies never;
  }
}

function withClassToken({ pooling, width }: BackboneArchitecture, parameters: Parameters, tokens: np.Array): np.Array {
  if (pooling === "mean") return tokens;
  const batch = tokens.shape[0]!;
  const first = np.broadcastTo(parameter(parameters, "class").reshape([1, 1, width]), [batch, 1, width]);
  return np.concatenate([first, tokens], 1);
}

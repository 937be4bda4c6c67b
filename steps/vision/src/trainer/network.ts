import { nn, numpy as np } from "@jax-js/jax";
import { type Architecture, patchLength, tokenCount } from "./architecture.ts";

/** Tensors by name. A type and not an interface, as jax-js asks of its trees. */
export type Parameters = { [name: string]: np.Array };

/**
 * The forward pass: patches [batch, tokens, patch values] to logits [batch, classes], and to the features
 * [batch, width] that the head makes them from. Patches are embedded, positions
 * added; each block mixes tokens, then values, both behind a layer norm and added to what came in (Dosovitskiy et al.
 * 2021, arXiv 2010.11929; Tolstikhin et al. 2021, arXiv 2105.01601, with ReLU, which takes two thirds of GELU's time
 * here); the mean of the tokens goes to the head.
 *
 * It consumes its arguments, as every function of jax-js does.
 */
export function forward(architecture: Architecture, parameters: Parameters, patches: np.Array): [np.Array, np.Array] {
  const batch = patches.shape[0]!;
  const { width, depth } = architecture;
  const tokens = tokenCount(architecture);
  const flat = patches.reshape([batch * tokens, patchLength(architecture)]);
  const position = parameters.position!;
  let values = linear(parameters, "embed", flat).reshape([batch, tokens, width]).add(position);
  for (let block = 0; block < depth; block++) {
    const name = `blocks.${block}`;
    values = values.ref.add(mixTokens(architecture, parameters, name, norm(parameters, `${name}.norm1`, values)));
    const normed = norm(parameters, `${name}.norm2`, values.ref).reshape([batch * tokens, width]);
    const hidden = nn.relu(linear(parameters, `${name}.up`, normed));
    values = values.add(linear(parameters, `${name}.down`, hidden).reshape([batch, tokens, width]));
  }
  const features = np.mean(norm(parameters, "norm", values), 1);
  return [linear(parameters, "head", features.ref), features];
}

function mixTokens(architecture: Architecture, parameters: Parameters, block: string, input: np.Array): np.Array {
  switch (architecture.mixing) {
    case "attention":
      return attend(architecture, parameters, block, input);
    case "perceptron":
      return mixByPerceptron(architecture, parameters, block, input);
    default:
      return architecture.mixing satisfies never;
  }
}

function attend({ width, heads }: Architecture, parameters: Parameters, block: string, input: np.Array): np.Array {
  const [batch, tokens] = input.shape as [number, number, number];
  const perHead = width / heads;
  const flat = input.reshape([batch * tokens, width]);
  const project = (name: string) =>
    np.swapaxes(linear(parameters, `${block}.${name}`, flat.ref).reshape([batch, tokens, heads, perHead]), 1, 2);
  const query = project("query");
  const key = project("key");
  const value = project("value");
  flat.dispose();
  const scores = np.matmul(query, np.swapaxes(key, 2, 3)).mul(1 / Math.sqrt(perHead));
  const mixed = np.swapaxes(np.matmul(nn.softmax(scores, -1), value), 1, 2).reshape([batch * tokens, width]);
  return linear(parameters, `${block}.output`, mixed).reshape([batch, tokens, width]);
}

function mixByPerceptron({ width }: Architecture, parameters: Parameters, block: string, input: np.Array): np.Array {
  const [batch, tokens] = input.shape as [number, number, number];
  const columns = np.swapaxes(input, 1, 2).reshape([batch * width, tokens]);
  const hidden = nn.relu(linear(parameters, `${block}.tokens.up`, columns));
  const mixed = linear(parameters, `${block}.tokens.down`, hidden).reshape([batch, width, tokens]);
  return np.swapaxes(mixed, 1, 2);
}

function linear(parameters: Parameters, name: string, input: np.Array): np.Array {
  return np.matmul(input, parameters[`${name}.weight`]!).add(parameters[`${name}.bias`]!);
}

function norm(parameters: Parameters, name: string, input: np.Array): np.Array {
  const centred = input.ref.sub(np.mean(input, -1, { keepdims: true }));
  const variance = np.mean(np.square(centred.ref), -1, { keepdims: true });
  const unit = centred.div(np.sqrt(variance.add(1e-5)));
  return unit.mul(parameters[`${name}.scale`]!).add(parameters[`${name}.bias`]!);
}

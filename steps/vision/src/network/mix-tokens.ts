import { nn, numpy as np } from "@jax-js/jax";
import type { BackboneArchitecture } from "./architecture.ts";
import { activate, linear, type Parameters } from "./operations.ts";

/** Lets the tokens of each image learn of each other: [batch, tokens, width] to the same. */
export function mixTokens(
  backbone: BackboneArchitecture,
  parameters: Parameters,
  block: string,
  input: np.Array,
): np.Array {
  switch (backbone.mixing) {
    case "attention":
      return attend(backbone, parameters, block, input);
    case "perceptron":
      return mixByPerceptron(backbone, parameters, block, input);
    default:
      return backbone.mixing satisfies never;
  }
}

function attend({ width, heads }: BackboneArchitecture, parameters: Parameters, block: string, input: np.Array) {
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

function mixByPerceptron(
  { width, activation }: BackboneArchitecture,
  parameters: Parameters,
  block: string,
  input: np.Array,
) {
  const [batch, tokens] = input.shape as [number, number, number];
  const columns = np.swapaxes(input, 1, 2).reshape([batch * width, tokens]);
  const hidden = activate(activation, linear(parameters, `${block}.tokens.up`, columns));
  const mixed = linear(parameters, `${block}.tokens.down`, hidden).reshape([batch, width, tokens]);
  return np.swapaxes(mixed, 1, 2);
}

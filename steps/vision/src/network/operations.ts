import { lax, nn, numpy as np } from "@jax-js/jax";
import type { BackboneArchitecture } from "./architecture.ts";

/** Tensors by name. A type and not an interface, as jax-js asks of its trees. */
export type Parameters = { [name: string]: np.Array };

/** The tensor called `name`. Its reference is the caller's to use once. */
export function parameter(parameters: Parameters, name: string): np.Array {
  const found = parameters[name];
  if (found === undefined) throw new TypeError(`the network has no tensor "${name}"`);
  return found;
}

/** `input` [rows, in] times the matrix, plus the bias. Like all functions here it consumes its arguments. */
export function linear(parameters: Parameters, name: string, input: np.Array): np.Array {
  return np.matmul(input, parameter(parameters, `${name}.weight`)).add(parameter(parameters, `${name}.bias`));
}

/** A layer norm over the last axis. */
export function layerNorm(parameters: Parameters, name: string, input: np.Array, epsilon: number): np.Array {
  const centred = input.ref.sub(np.mean(input, -1, { keepdims: true }));
  const variance = np.mean(np.square(centred.ref), -1, { keepdims: true });
  const unit = centred.mul(inverseRoot(variance.add(epsilon)));
  return unit.mul(parameter(parameters, `${name}.scale`)).add(parameter(parameters, `${name}.bias`));
}

/**
 * 1 / √input, as a step of Newton's method from that very value, held constant: the value stays, and the derivative is
 * −½ · guess³, without a division. Where one is part of a larger expression, jax-js computes all of it value by value.
 */
function inverseRoot(input: np.Array): np.Array {
  const guess = lax.stopGradient(np.reciprocal(np.sqrt(input.ref)));
  const step = input.mul(np.square(guess.ref)).mul(-0.5).add(1.5);
  return guess.mul(step);
}

/** What stands between the two matrices of a perceptron. */
export function activate(activation: BackboneArchitecture["activation"], input: np.Array): np.Array {
  switch (activation) {
    case "relu":
      return nn.relu(input);
    case "gelu":
      return nn.gelu(input, { approximate: false });
    default:
      return activation satisfies never;
  }
}

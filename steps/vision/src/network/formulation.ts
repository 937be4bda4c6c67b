import type { numpy as np } from "@jax-js/jax";
import type { Parameters } from "./operations.ts";
import type { TensorSpec } from "./tensor-spec.ts";

/** An objective as a function of tensors: what is trained, what stays, what goes in, and what is to become small. */
export interface Formulation {
  /** The tensors that are trained, in the order of the flat vector. */
  readonly trained: readonly TensorSpec[];
  /** The tensors that stay as they are, in the order of theirs. */
  readonly frozen: readonly TensorSpec[];
  /** The shape of each input of a batch, without the leading one, which is its rows. */
  readonly inputs: readonly (readonly number[])[];
  /**
   * The sum over rows of what each row adds to the loss; the inputs carry the rows' weights, so that rows of weight 0
   * have no part in it. It consumes its arguments.
   */
  loss(parameters: Parameters, inputs: readonly np.Array[]): np.Array;
}

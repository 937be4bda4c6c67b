import type { Formulation } from "../network/formulation.ts";
import { parameterCount } from "../network/tensor-spec.ts";

/** What several threads look at together, so that nothing is copied to ask or to answer. */
export interface SharedMemory {
  /** The flat vector of trained values. */
  readonly values: Float32Array;
  /** For each thread what only it uses. */
  readonly parts: readonly SharedPart[];
}

export interface SharedPart {
  /** The thread's rows of each input of a batch. */
  readonly batch: readonly Float32Array[];
  /** Where it leaves the gradient of what these rows add to the loss. */
  readonly gradient: Float32Array;
}

/** Memory for `threads` threads that take `rows` rows of every batch each. */
export function shareMemory(
  { trained, inputs }: Pick<Formulation, "trained" | "inputs">,
  rows: number,
  threads: number,
): SharedMemory {
  const parameters = parameterCount(trained);
  const parts = Array.from({ length: threads }, () => ({
    batch: inputs.map((shape) => sharedFloats(shape.reduce((product, side) => product * side, rows))),
    gradient: sharedFloats(parameters),
  }));
  return { values: sharedFloats(parameters), parts };
}

function sharedFloats(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT));
}

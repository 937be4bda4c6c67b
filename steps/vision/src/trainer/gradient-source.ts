import { init, jit, numpy as np, valueAndGrad } from "@jax-js/jax";
import type { Parameters } from "../network/operations.ts";
import { parameterCount, type TensorSpec } from "../network/tensor-spec.ts";
import { formulate, type Objective } from "./objective.ts";

export interface Gradient {
  readonly loss: number;
  /** For the flat vector of trained values. */
  readonly gradient: Float32Array;
}

/** A batch: one array for each input of the objective, row by row. */
export type Batch = readonly Float32Array<ArrayBuffer>[];

/** Computes gradients of one objective for batches of one size. Memory is held until `close`. */
export interface GradientSource {
  gradient(values: Float32Array, batch: Batch): Promise<Gradient>;
  close(): Promise<void>;
}

/**
 * Computes gradients in this thread, in WebAssembly; the compilation itself comes with the first batch.
 *
 * @param rows of every batch.
 * @param frozen the flat vector of the tensors that stay.
 */
export async function gradientSource(
  objective: Objective,
  rows: number,
  frozen: Float32Array,
): Promise<GradientSource> {
  await init("wasm");
  const { trained, frozen: frozenSpecs, inputs, loss } = formulate(objective);
  const differentiate = jit(
    valueAndGrad((parameters: Parameters, rest: Parameters, given: np.Array[]) =>
      loss({ ...rest, ...parameters }, given),
    ),
  );
  return {
    async gradient(values, batch) {
      const arrays = batch.map((array, index) => np.array(array, { shape: [rows, ...inputs[index]!] }));
      const [value, gradients] = differentiate(upload(trained, values), upload(frozenSpecs, frozen), arrays);
      return { loss: value.dataSync()[0]!, gradient: download(trained, gradients) };
    },
    async close() {
      differentiate.dispose();
    },
  };
}

/** The tensors of a flat vector, for one use. */
export function upload(specs: readonly TensorSpec[], values: Float32Array): Parameters {
  return Object.fromEntries(
    specs.map(({ name, shape, offset, length }) => [
      name,
      np.array(values.slice(offset, offset + length), { shape: [...shape] }),
    ]),
  );
}

function download(specs: readonly TensorSpec[], tensors: Parameters): Float32Array {
  const flat = new Float32Array(parameterCount(specs));
  for (const { name, offset } of specs) flat.set(tensors[name]!.dataSync() as Float32Array, offset);
  return flat;
}

import { parameterCount, type TensorSpec } from "../network/tensor-spec.ts";
import type { Tensor } from "./tensor.ts";

/** The named tensors of a flat vector of parameters; their data are copies. */
export function toTensors(specs: readonly TensorSpec[], values: Float32Array): Map<string, Tensor> {
  return new Map(
    specs.map(({ name, shape, offset, length }) => [name, { shape, data: values.slice(offset, offset + length) }]),
  );
}

/** The flat vector of named tensors; `tensors` has one of the right length for each spec. */
export function toFlat(specs: readonly TensorSpec[], tensors: ReadonlyMap<string, Tensor>): Float32Array {
  const values = new Float32Array(parameterCount(specs));
  for (const { name, offset } of specs) values.set(tensors.get(name)!.data, offset);
  return values;
}

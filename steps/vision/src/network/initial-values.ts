import { generator } from "../random/generator.ts";
import { parameterCount, type TensorSpec } from "./tensor-spec.ts";

/** The parameters to start from; each tensor draws from a stream of its own. */
export function initialValues(specs: readonly TensorSpec[], seed: number): Float32Array {
  const values = new Float32Array(parameterCount(specs));
  for (const [position, { offset, length, initial }] of specs.entries()) {
    const part = values.subarray(offset, offset + length);
    if ("constant" in initial) {
      part.fill(initial.constant);
    } else {
      const random = generator(seed, position);
      for (let index = 0; index < length; index++) part[index] = random.normal() * initial.normal;
    }
  }
  return values;
}

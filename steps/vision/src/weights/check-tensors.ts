import type { TensorSpec } from "../network/tensor-spec.ts";
import type { Tensor } from "./tensor.ts";

/** What keeps tensors from being those of a layout, or undefined where nothing does. */
export function checkTensors(tensors: ReadonlyMap<string, Tensor>, specs: readonly TensorSpec[]): string | undefined {
  for (const spec of specs) {
    const shape = tensors.get(spec.name)?.shape;
    if (shape === undefined) return `tensor "${spec.name}" is missing`;
    if (shape.join() !== spec.shape.join()) {
      return `tensor "${spec.name}" has shape [${shape}], its architecture says [${spec.shape}]`;
    }
  }
  const known = new Set(specs.map(({ name }) => name));
  const unknown = [...tensors.keys()].find((name) => !known.has(name));
  return unknown === undefined ? undefined : `tensor "${unknown}" is not part of its architecture`;
}

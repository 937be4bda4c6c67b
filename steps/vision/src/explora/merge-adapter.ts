import type { Tensor } from "../weights/tensor.ts";
import { type Adaptation, adaptedMatrices, adapterOf, adapterScale } from "./adapter.ts";

/**
 * The backbone's own tensors with every adapter added to its matrix, W + (alpha / √rank) · A · B, summed in double
 * precision.
 *
 * @param tensors trained and frozen ones together.
 */
export function mergeAdapter(adaptation: Adaptation, tensors: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
  const merged = new Map(tensors);
  for (const name of adaptedMatrices(adaptation)) {
    const [into, out] = adapterOf(name);
    const weight = tensors.get(`${name}.weight`)!;
    const data = added(weight, tensors.get(into)!, tensors.get(out)!, adapterScale(adaptation));
    merged.set(`${name}.weight`, { shape: weight.shape, data });
    merged.delete(into);
    merged.delete(out);
  }
  return merged;
}

function added(weight: Tensor, into: Tensor, out: Tensor, scale: number): Float32Array {
  const [rows, columns] = weight.shape as [number, number];
  const rank = into.shape[1]!;
  return Float32Array.from({ length: rows * columns }, (_, index) => {
    const row = Math.floor(index / columns);
    const column = index % columns;
    let sum = 0;
    for (let at = 0; at < rank; at++) sum += into.data[row * rank + at]! * out.data[at * columns + column]!;
    return weight.data[index]! + scale * sum;
  });
}

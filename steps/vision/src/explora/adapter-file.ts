import { encodeSafetensors } from "../weights/encode-safetensors.ts";
import type { Tensor } from "../weights/tensor.ts";
import type { Adaptation } from "./adapter.ts";

/**
 * Writes what an adaptation trained as safetensors; metadata `format` is `vision.adapter/1`, `adapter` says how it is
 * added.
 */
export function encodeAdapter(
  { backbone: architecture, rank, alpha, unfrozen }: Adaptation,
  trained: ReadonlyMap<string, Tensor>,
): Uint8Array {
  const adapter = JSON.stringify({ architecture, rank, alpha, unfrozen });
  return encodeSafetensors(trained, { format: "vision.adapter/1", adapter });
}

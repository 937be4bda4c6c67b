import type { Predicted } from "../contract.ts";
import type { ImageSet } from "../images/image-set.ts";
import { type Architecture, patchLength, tokenCount } from "./architecture.ts";
import type { CompiledNetwork } from "./compiled-network.ts";
import { writePatches } from "./patches.ts";
import type { Preprocessing } from "./preprocessing.ts";
import { pixelsAt } from "./training-batch.ts";

/** Runs a network over all images of a set, `rows` at a time, the last ones filled up. */
export async function predictAll(
  network: Pick<CompiledNetwork, "predict">,
  values: Float32Array,
  images: ImageSet,
  rows: number,
  model: { readonly architecture: Architecture; readonly preprocessing: Preprocessing },
  signal: AbortSignal,
): Promise<Predicted> {
  const { architecture, preprocessing } = model;
  const perImage = tokenCount(architecture) * patchLength(architecture);
  const count = images.labels.length;
  const logits = new Float32Array(count * architecture.classes);
  const features = new Float32Array(count * architecture.width);
  for (let first = 0; first < count; first += rows) {
    signal.throwIfAborted();
    const patches = new Float32Array(rows * perImage);
    const here = Math.min(rows, count - first);
    for (let row = 0; row < here; row++) {
      writePatches(pixelsAt(images, first + row), architecture, preprocessing, patches, row * perImage);
    }
    const part = await network.predict(values, patches);
    logits.set(part.logits.subarray(0, here * architecture.classes), first * architecture.classes);
    features.set(part.features.subarray(0, here * architecture.width), first * architecture.width);
  }
  return { logits, features };
}

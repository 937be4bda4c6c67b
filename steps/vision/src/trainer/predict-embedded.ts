import type { Predicted } from "../contract.ts";
import type { ImageSet } from "../images/image-set.ts";
import { toFlat } from "../weights/flat-tensors.ts";
import type { Model } from "../weights/model.ts";
import { compileNetwork } from "./compiled-network.ts";
import { layout } from "./layout.ts";
import { predictAll } from "./predict-all.ts";

/** Runs a model in this process. */
export async function predictEmbedded(model: Model, images: ImageSet, signal: AbortSignal): Promise<Predicted> {
  const rows = Math.max(1, Math.min(64, images.labels.length));
  const network = await compileNetwork(model.architecture, rows);
  try {
    return await predictAll(network, toFlat(layout(model.architecture), model.tensors), images, rows, model, signal);
  } finally {
    network.dispose();
  }
}

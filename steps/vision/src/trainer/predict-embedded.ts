import type { Predicted, PredictRequest } from "../contract.ts";
import { imageCount } from "../images/pixels.ts";
import { layout } from "../network/layout.ts";
import { toFlat } from "../weights/flat-tensors.ts";
import { classifierPass } from "./forward-pass.ts";
import { runForward } from "./run-forward.ts";

/** Runs a model in this process. */
export async function predictEmbedded({ model, images, signal }: PredictRequest): Promise<Predicted> {
  const { classes, width } = model.architecture;
  const pass = await classifierPass(model.architecture, Math.max(1, Math.min(64, imageCount(images))));
  try {
    const values = toFlat(layout(model.architecture), model.tensors);
    const rows = await runForward(pass, values, images, model, signal);
    return {
      logits: columnsOf(rows, pass.columns, 0, classes),
      features: columnsOf(rows, pass.columns, classes, width),
    };
  } finally {
    pass.close();
  }
}

/** Some columns of rows of `width` values, from `first` on. */
export function columnsOf(rows: Float32Array, width: number, first: number, count: number): Float32Array {
  const height = rows.length / width;
  const part = new Float32Array(height * count);
  for (let row = 0; row < height; row++) {
    part.set(rows.subarray(row * width + first, row * width + first + count), row * count);
  }
  return part;
}

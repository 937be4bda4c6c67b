import { imageCount, type Pixels, pixelsAt } from "../images/pixels.ts";
import { type BackboneArchitecture, patchCount, viewLength } from "../network/architecture.ts";
import type { Preprocessing } from "../network/preprocessing.ts";
import { writeViews } from "../network/write-views.ts";
import type { ForwardPass } from "./forward-pass.ts";

/** Runs a network over all images of a set, some rows at a time, and gives [count, columns]. */
export async function runForward(
  pass: Pick<ForwardPass, "run" | "rows" | "columns">,
  values: Float32Array,
  images: Pixels,
  model: { readonly architecture: BackboneArchitecture; readonly preprocessing: Preprocessing },
  signal: AbortSignal,
): Promise<Float32Array> {
  const { rows, columns } = pass;
  const { architecture, preprocessing } = model;
  const perImage = patchCount(architecture) * viewLength(architecture);
  const count = imageCount(images);
  const answers = new Float32Array(count * columns);
  for (let first = 0; first < count; first += rows) {
    signal.throwIfAborted();
    const views = new Float32Array(rows * perImage);
    const here = Math.min(rows, count - first);
    for (let row = 0; row < here; row++) {
      writeViews(pixelsAt(images, first + row), architecture, preprocessing, views, row * perImage);
    }
    const part = await pass.run(values, views);
    answers.set(part.subarray(0, here * columns), first * columns);
  }
  return answers;
}

import { StepError } from "@orchestrate/sdk";
import type { Pixels } from "../images/pixels.ts";
import { backboneLayout } from "../network/layout.ts";
import type { Preprocessing } from "../network/preprocessing.ts";
import { featurePass } from "../trainer/forward-pass.ts";
import { runForward } from "../trainer/run-forward.ts";
import { toFlat } from "../weights/flat-tensors.ts";
import type { Tensor } from "../weights/tensor.ts";
import { adaptedLayout, adaptedPass } from "./adapted-pass.ts";
import type { Adaptation } from "./adapter.ts";

/** How far features may lie apart, as rounding does. */
const TOLERANCE = 1e-4;

/**
 * Compares the features of the merged backbone with those of the backbone and its adapters.
 *
 * @param unmerged frozen and trained tensors.
 * @returns the greatest difference of a feature.
 * @throws StepError `adapter-merge-differs` (invariant) where that is more than 1e-4.
 */
export async function checkMerge(
  adaptation: Adaptation,
  preprocessing: Preprocessing,
  {
    merged,
    unmerged,
  }: { readonly merged: ReadonlyMap<string, Tensor>; readonly unmerged: ReadonlyMap<string, Tensor> },
  images: Pixels,
  signal: AbortSignal,
): Promise<number> {
  const architecture = adaptation.backbone;
  const model = { architecture, preprocessing };
  const rows = 16;
  const [whole, apart] = [await featurePass(architecture, rows), await adaptedPass(adaptation, rows)];
  try {
    const one = await runForward(whole, toFlat(backboneLayout(architecture), merged), images, model, signal);
    const two = await runForward(apart, toFlat(adaptedLayout(adaptation), unmerged), images, model, signal);
    const difference = one.reduce((most, value, index) => Math.max(most, Math.abs(value - two[index]!)), 0);
    if (difference <= TOLERANCE) return difference;
    throw new StepError({
      error: "adapter-merge-differs",
      category: "invariant",
      detail: `With the adapters merged a feature differs by ${difference.toExponential(1)}, which is more than ${TOLERANCE}.`,
      hint: "Lower alpha or lr: the adapters have grown so far that rounding changes the result.",
    });
  } finally {
    whole.close();
    apart.close();
  }
}

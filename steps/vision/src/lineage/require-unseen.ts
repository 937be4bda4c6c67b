import { StepError } from "@orchestrate/sdk";
import type { FittedOn } from "./fitted-on.ts";
import type { Origin } from "./origin.ts";

/**
 * Refuses to judge something by pictures that it was fitted to: by the same split, or by another cut of the same
 * pictures, or by labels of another cut, which may hold some of them. Pixels of other pictures are no leak: a backbone
 * may come from elsewhere.
 *
 * @param step the step that asks, for the error.
 * @param what what was fitted, for the error, as `the model`.
 * @throws StepError `lineage-touches-split` (policy), naming step and split.
 */
export function requireUnseen(step: string, what: string, fittedOn: FittedOn, origin: Origin): void {
  for (const each of fittedOn) {
    if (each.cut === origin.cut && each.split !== origin.split) continue;
    if (each.pool !== origin.pool && !each.labelled) continue;
    const how = each.cut === origin.cut ? "" : " of another cut, which may share pictures with it";
    throw new StepError({
      error: "lineage-touches-split",
      category: "policy",
      detail: `${step} must not use ${what} on ${origin.split}: it was fitted on ${each.split}${how}.`,
      hint: `Wire ${what} and the split from one vision/dataset phase, and fit nothing on ${origin.split}.`,
    });
  }
}

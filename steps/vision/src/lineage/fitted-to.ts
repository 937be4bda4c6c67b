import { type FittedOn, unite } from "./fitted-on.ts";
import type { Origin } from "./origin.ts";
import { requireUnseen } from "./require-unseen.ts";

/**
 * The lineage of what a step fits to a model's predictions of a split, labels included.
 *
 * @throws StepError `lineage-touches-split` (policy) where the model was fitted to that split.
 */
export function fittedTo(step: string, model: FittedOn, origin: Origin): FittedOn {
  requireUnseen(step, "the model", model, origin);
  return unite(model, [{ ...origin, labelled: true }]);
}

import type { Formulation } from "../network/formulation.ts";
import { maskedInputs, reconstructionLoss } from "../pretrain/masked-objective.ts";
import { type Adaptation, frozenLayout, trainedLayout, withAdapters } from "./adapter.ts";

/**
 * The masked-image objective of `maskedObjective`, of which only the adapters, the layer norms and the last blocks are
 * trained (ExPLoRA, Khanna et al., arXiv 2406.10973).
 */
export function adaptationObjective(adaptation: Adaptation): Formulation {
  return {
    trained: trainedLayout(adaptation),
    frozen: frozenLayout(adaptation),
    inputs: maskedInputs(adaptation.backbone),
    loss: (parameters, inputs) => reconstructionLoss(adaptation.backbone, withAdapters(adaptation, parameters), inputs),
  };
}

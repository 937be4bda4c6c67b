import { adaptationObjective } from "../explora/adaptation-objective.ts";
import type { Adaptation } from "../explora/adapter.ts";
import type { Architecture, BackboneArchitecture } from "../network/architecture.ts";
import { classification } from "../network/classification.ts";
import type { Formulation } from "../network/formulation.ts";
import { maskedObjective } from "../pretrain/masked-objective.ts";

/** What weights are fitted to, as plain data, so that a thread can be told. */
export type Objective =
  | { readonly kind: "classification"; readonly architecture: Architecture }
  | { readonly kind: "masked"; readonly backbone: BackboneArchitecture }
  | { readonly kind: "adaptation"; readonly adaptation: Adaptation };

export function formulate(objective: Objective): Formulation {
  switch (objective.kind) {
    case "classification":
      return classification(objective.architecture);
    case "masked":
      return maskedObjective(objective.backbone);
    case "adaptation":
      return adaptationObjective(objective.adaptation);
    default:
      return objective satisfies never;
  }
}

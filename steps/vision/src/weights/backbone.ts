import type { FittedOn } from "../lineage/fitted-on.ts";
import type { PictureSet } from "../lineage/picture-set.ts";
import type { BackboneArchitecture } from "../network/architecture.ts";
import type { Preprocessing } from "../network/preprocessing.ts";
import type { Tensor } from "./tensor.ts";

/** What turns images into features, with what the masked objective needs to go on. */
export interface Backbone {
  readonly architecture: BackboneArchitecture;
  readonly preprocessing: Preprocessing;
  /** Where its weights come from. `random` ones have seen no image. */
  readonly origin: "random" | "pretrained" | "imported" | "adapted";
  /** The splits whose pixels it was fitted to. */
  readonly fitted_on: FittedOn;
  /** The pictures whose pixels it was fitted to without labels. */
  readonly seen: PictureSet;
  /** By name, as `maskedLayout` lists them. */
  readonly tensors: ReadonlyMap<string, Tensor>;
}

import type { FittedOn } from "../lineage/fitted-on.ts";
import type { Architecture } from "../trainer/architecture.ts";
import type { Preprocessing } from "../trainer/preprocessing.ts";
import type { Tensor } from "./tensor.ts";

/** A trained classifier with all that is needed to run it on images. */
export interface Model {
  readonly architecture: Architecture;
  readonly preprocessing: Preprocessing;
  /** Index is label; the second is the positive class. */
  readonly classes: readonly string[];
  /** By name, as `layout` lists them. */
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/** A model as its file holds it: with the splits that it was fitted to. */
export interface TrainedModel extends Model {
  readonly fitted_on: FittedOn;
}

import type { Fit } from "../images/fit.ts";
import type { FittedOn } from "../lineage/fitted-on.ts";
import type { PictureSet } from "../lineage/picture-set.ts";
import type { Architecture } from "../network/architecture.ts";
import type { Preprocessing } from "../network/preprocessing.ts";
import type { Tensor } from "./tensor.ts";

/** A classifier with all that is needed to run it on images, or to train it on. */
export interface Model {
  readonly architecture: Architecture;
  readonly preprocessing: Preprocessing;
  /** Index is label; the second is the positive class. */
  readonly classes: readonly string[];
  /** By name, as `layout` lists them. */
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/** A model as its file holds it: with what the pictures were that it was fitted to. */
export interface TrainedModel extends Model {
  /** How they were brought to size; those that it is to decide on must be brought to it alike. */
  readonly fit: Fit;
  readonly fitted_on: FittedOn;
  /** The pictures whose pixels it, or its backbone, was fitted to without labels. */
  readonly seen: PictureSet;
}

import { StepError } from "@orchestrate/sdk";
import type { ImageSet } from "../images/image-set.ts";
import type { BackboneArchitecture } from "../network/architecture.ts";
import { fitArchitecture } from "../network/fit-architecture.ts";
import { initialValues } from "../network/initial-values.ts";
import { layout } from "../network/layout.ts";
import { measure } from "../network/preprocessing.ts";
import { contradictions, type ShapeOptions } from "../network/shape-options.ts";
import type { Backbone } from "../weights/backbone.ts";
import { toTensors } from "../weights/flat-tensors.ts";
import type { Model } from "../weights/model.ts";

/** What weights are taken from, if from anything. */
export interface Origins {
  readonly backbone: Backbone | undefined;
  /** A classifier that was trained before, by this trainer or another. */
  readonly model: Model | undefined;
}

/**
 * The classifier that training starts from: drawn at random, with a new head on a backbone, or one that was trained
 * before.
 *
 * @throws StepError `two-starts`, `start-does-not-fit`, `architecture-does-not-fit` (all input).
 */
export function startClassifier(
  images: ImageSet,
  shape: ShapeOptions,
  { backbone, model }: Origins,
  seed: number,
): Model {
  if (model !== undefined && backbone !== undefined) {
    throw new StepError({
      error: "two-starts",
      category: "input",
      detail: "Both a backbone and a model are wired, and training can start from one only.",
      hint: "Wire one of them.",
    });
  }
  if (model !== undefined) {
    checkStart("model", model.architecture, images, shape);
    if (model.classes.join("\n") !== images.classes.join("\n")) {
      throw misfit("model", `it knows ${model.classes.join(", ")}, the images are ${images.classes.join(", ")}`);
    }
    return model;
  }
  if (backbone !== undefined) checkStart("backbone", backbone.architecture, images, shape);
  const found = backbone?.architecture ?? fitArchitecture(images.size, shape);
  const architecture = { ...found, classes: 2 } as const;
  const specs = layout(architecture);
  const drawn = toTensors(specs, initialValues(specs, seed));
  return {
    architecture,
    preprocessing: backbone?.preprocessing ?? measure(images),
    classes: images.classes,
    tensors: new Map([...drawn].map(([name, tensor]) => [name, backbone?.tensors.get(name) ?? tensor])),
  };
}

function checkStart(
  what: "model" | "backbone",
  architecture: BackboneArchitecture,
  images: ImageSet,
  shape: ShapeOptions,
): void {
  if (architecture.size !== images.size) {
    throw misfit(what, `it takes images of ${architecture.size} pixels, these have ${images.size}`);
  }
  const wrong = contradictions(shape, architecture);
  if (wrong.length > 0) throw misfit(what, `the config says ${wrong.join("; ")}`);
}

function misfit(what: "model" | "backbone", why: string): StepError {
  return new StepError({
    error: "start-does-not-fit",
    category: "input",
    detail: `The ${what} that training is to start from does not fit: ${why}.`,
    hint: `Set the size in vision/dataset to that of the ${what}, and leave its shape out of the config; or wire another one.`,
  });
}

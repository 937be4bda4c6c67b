import { describe, expect, it } from "vitest";
import { trainedWell } from "../fixtures/made-predictions.ts";
import { noPictures } from "../lineage/picture-set.ts";
import type { Architecture } from "../network/architecture.ts";
import { smallArchitecture } from "../network/fixtures/small-architecture.ts";
import { initialValues } from "../network/initial-values.ts";
import { layout } from "../network/layout.ts";
import { encodeSafetensors } from "./encode-safetensors.ts";
import { toFlat, toTensors } from "./flat-tensors.ts";
import type { TrainedModel } from "./model.ts";
import { decodeModel, encodeModel } from "./model-file.ts";

const architecture: Architecture = smallArchitecture;
const specs = layout(architecture);
const values = initialValues(specs, 1);
const model: TrainedModel = {
  architecture,
  preprocessing: { mean: [0.1, 0.2, 0.3], deviation: [0.4, 0.5, 0.6] },
  classes: ["no", "yes"],
  fit: "fill",
  fitted_on: trainedWell,
  seen: noPictures,
  tensors: toTensors(specs, values),
};

const withTensors = (change: (tensors: Map<string, { shape: readonly number[]; data: Float32Array }>) => void) => {
  const tensors = new Map(model.tensors);
  change(tensors);
  return encodeModel({ ...model, tensors });
};

describe("a model's file", () => {
  it("is read as it was written, to the same flat vector", () => {
    const read = decodeModel(encodeModel(model), "m");
    expect(read).toEqual(model);
    expect(toFlat(specs, read.tensors)).toEqual(values);
  });

  it.each([
    ["no model at all", encodeSafetensors(new Map(), {}), "its metadata does not say vision.model/1"],
    [
      "no description",
      encodeSafetensors(new Map(), { format: "vision.model/1" }),
      "its metadata does not describe a model",
    ],
    ["a tensor missing", withTensors((all) => all.delete("head.bias")), 'tensor "head.bias" is missing'],
    [
      "a tensor of another shape",
      withTensors((all) => all.set("head.bias", { shape: [3], data: new Float32Array(3) })),
      'tensor "head.bias" has shape [3], its architecture says [2]',
    ],
    [
      "a tensor too many",
      withTensors((all) => all.set("tail", { shape: [1], data: new Float32Array(1) })),
      'tensor "tail" is not part of its architecture',
    ],
  ])("is refused with %s", (_, bytes, what) => {
    expect(() => decodeModel(bytes, "model.safetensors")).toThrow(
      `model.safetensors is not a model of this kind: ${what}. Wire a checkpoint that vision/train wrote.`,
    );
  });
});

import { join } from "node:path";
import { StepError } from "@orchestrate/sdk";
import { type RunResult, runStep } from "@orchestrate/sdk/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import dataset from "./dataset.ts";
import { trainedWell } from "./fixtures/made-predictions.ts";
import type { SplitName } from "./images/split-kinds.ts";
import infer from "./infer.ts";
import { noPictures } from "./lineage/picture-set.ts";
import type { Architecture } from "./network/architecture.ts";
import { smallArchitecture } from "./network/fixtures/small-architecture.ts";
import { initialValues } from "./network/initial-values.ts";
import { layout } from "./network/layout.ts";
import { readPredictions } from "./predictions/read-predictions.ts";
import embedded from "./trainer/embedded.ts";
import { toTensors } from "./weights/flat-tensors.ts";
import { encodeModel } from "./weights/model-file.ts";

const architecture: Architecture = {
  ...smallArchitecture,
  size: 16,
  patch: 8,
  mixing: "attention",
};
const specs = layout(architecture);
const tensors = toTensors(specs, initialValues(specs, 3));
const checkpoint = {
  bytes: encodeModel({
    architecture,
    preprocessing: { mean: [0.5, 0.5, 0.5], deviation: [0.2, 0.2, 0.2] },
    classes: ["clear", "roadworks"],
    fit: "fill",
    fitted_on: trainedWell,
    seen: noPictures,
    tensors,
  }),
};
const trainer = await embedded.definition.create({
  options: { threads: 1 },
  log: { debug() {}, info() {}, warn() {}, error() {} },
});

let data: RunResult<(typeof dataset)["definition"]["outputs"] & object>;
beforeAll(async () => {
  data = await runStep(dataset, { config: { size: 16, scenes: { count: 60 } } });
});
afterAll(() => data.dispose());

const read = (path: string, name: SplitName) => readPredictions({ path, file: (each) => join(path, each) }, name);

describe("vision/infer", () => {
  it("predicts each split that is wired, and says what of, and by what", async () => {
    const { val_test, calib_fit } = data.outputs;
    const inputs = { checkpoint, val_test: { path: val_test.path }, calib_fit: { path: calib_fit.path } };
    using result = await runStep(infer, { services: { trainer }, inputs });
    expect(result.error).toBeUndefined();
    expect(result.outputs.train).toBeUndefined();
    expect(result.outputs.calib_conformal).toBeUndefined();
    const test = read(result.outputs.val_test!.path, "val_test");
    expect(test).toMatchObject({ classes: ["clear", "roadworks"], model: { fitted_on: trainedWell }, width: 4 });
    expect(test.origin.split).toBe("val_test");
    expect(test.names).toHaveLength(6);
    expect(result.metrics).toEqual({ calib_fit: 4, val_test: 6 });

    const weight = tensors.get("head.weight")!.data;
    const bias = tensors.get("head.bias")!.data;
    for (const [row] of test.names.entries()) {
      for (const column of [0, 1]) {
        const features = test.features.subarray(row * 4, row * 4 + 4);
        const logit = features.reduce((sum, value, at) => sum + value * weight[at * 2 + column]!, bias[column]!);
        expect(test.logits[row * 2 + column]).toBeCloseTo(logit, 5);
      }
    }
  });

  it("refuses to run on nothing", async () => {
    using result = await runStep(infer, { services: { trainer }, inputs: { checkpoint } });
    expect((result.error as StepError).toEnvelope()).toEqual({
      error: "no-split-wired",
      category: "input",
      detail: "vision/infer has a checkpoint, but no split to run it on.",
      hint: "Wire one or more of train, val_select, calib_fit, calib_conformal, val_test.",
    });
  });

  it.each([
    [8, "fill"],
    [16, "cover"],
  ] as const)("refuses images of %i pixels by %s, where the model takes 16 by fill", async (size, fit) => {
    using other = await runStep(dataset, { config: { size, fit, scenes: { count: 60 } } });
    const inputs = { checkpoint, val_test: { path: other.outputs.val_test.path } };
    using result = await runStep(infer, { services: { trainer }, inputs });
    expect(result.error).toBeInstanceOf(StepError);
    expect((result.error as StepError).toEnvelope()).toEqual({
      error: "images-of-another-model",
      category: "input",
      detail:
        `val_test has images of ${size} pixels (fit: ${fit}) and the classes clear, roadworks; ` +
        "the model takes 16 pixels (fit: fill) and knows clear, roadworks.",
      hint: "Wire checkpoint and splits that come from one vision/dataset phase.",
    });
  });
});

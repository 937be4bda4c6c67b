import { join } from "node:path";
import { describeConformance, runStep } from "@orchestrate/sdk/testing";
import { describe, it } from "vitest";
import calibrate from "./calibrate.ts";
import dataset from "./dataset.ts";
import evaluate from "./evaluate.ts";
import exportStep from "./export.ts";
import { filesOf, madePredictions } from "./fixtures/made-predictions.ts";
import gate from "./gate.ts";
import { readSplit } from "./images/read-split.ts";
import type { SplitName } from "./images/split-kinds.ts";
import infer from "./infer.ts";
import { generator } from "./random/generator.ts";
import scrc from "./scrc.ts";
import sweep from "./sweep.ts";
import train from "./train.ts";
import embedded from "./trainer/embedded.ts";

const scenes = { size: 16, scenes: { count: 60 } };
const quick = { epochs: 2, batch: 16, width: 16, depth: 1, heads: 2, patience: 10 };
const trainer = await embedded.definition.create({
  options: { threads: 1 },
  log: { debug() {}, info() {}, warn() {}, error() {} },
});

describe("the conformance suite", () => {
  it("passes vision/dataset", () => describeConformance(dataset, { config: scenes }));

  it("passes vision/train, vision/infer, vision/sweep and vision/export, each on what the one before it wrote", async () => {
    using data = await runStep(dataset, { config: scenes });
    const { train: trained, val_select, calib_fit } = data.outputs;
    const inputs = {
      train: { path: trained.path },
      val_select: { path: val_select.path },
    };
    await describeConformance(train, { config: quick, services: { trainer }, inputs });
    using model = await runStep(train, { config: quick, services: { trainer }, inputs });
    const checkpoint = { path: model.outputs.checkpoint.path };
    const inferring = { services: { trainer }, inputs: { checkpoint, calib_fit: { path: calib_fit.path } } };
    await describeConformance(infer, inferring);
    using inferred = await runStep(infer, inferring);
    const predictions = { path: inferred.outputs.calib_fit!.path };
    await describeConformance(sweep, { inputs: { predictions } });
    using policy = await runStep(sweep, { inputs: { predictions } });
    const parts = { checkpoint, policy: { path: policy.outputs.policy.path } };
    await describeConformance(exportStep, { inputs: parts });
  });

  it("passes vision/calibrate, vision/gate, vision/scrc and vision/evaluate", async () => {
    const random = generator(1);
    const labels = Array.from({ length: 120 }, () => random.below(2));
    const probabilities = labels.map((label) => (label === 1 ? random.between(0.2, 0.99) : random.between(0.01, 0.8)));
    const predictions = (split: SplitName) => filesOf(madePredictions(split, probabilities, labels));
    const fitting = { predictions: predictions("calib_fit") };
    await describeConformance(calibrate, { inputs: fitting });
    await describeConformance(gate, { inputs: fitting });
    using calibrated = await runStep(calibrate, { inputs: fitting });
    using gated = await runStep(gate, { inputs: fitting });
    const calibration = { path: calibrated.outputs.calibration.path };
    const conformal = {
      predictions: predictions("calib_conformal"),
      calibration,
      gate: { path: gated.outputs.gate.path },
    };
    await describeConformance(scrc, { inputs: conformal });

    using data = await runStep(dataset, { config: scenes });
    const val_test = { path: data.outputs.val_test.path };
    const split = readSplit({ path: val_test.path, file: (each) => join(val_test.path, each) }, "val_test");
    const { origin, names, classes } = split;
    const model = {
      digest: `sha256:${"a".repeat(64)}`,
      fitted_on: [{ ...origin, split: "train" as const, labelled: true }],
    };
    const judged = madePredictions("val_test", probabilities.slice(0, names.length), [...split.labels], {
      origin,
      names,
      classes,
      model,
    });
    await describeConformance(evaluate, {
      config: { resamples: 100 },
      inputs: { predictions: filesOf(judged), val_test },
    });
  });
});

import { describeConformance, runStep } from "@orchestrate/sdk/testing";
import { describe, it } from "vitest";
import dataset from "./dataset.ts";
import exportStep from "./export.ts";
import infer from "./infer.ts";
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
});

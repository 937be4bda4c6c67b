import { definePipeline } from "@orchestrate/sdk";
import { describe, expect, it } from "vitest";
import type {} from "./types.ts";

const dataset = { step: "vision/dataset", with: { size: 32 } } as const;
const splits = { train: "dataset.train", val_select: "dataset.val_select" } as const;

describe("the steps' types", () => {
  it("let the main line compile", () => {
    const pipeline = definePipeline({
      pipeline: "roadwork",
      phases: {
        dataset,
        train: { step: "vision/train", with: { epochs: 2 }, inputs: splits },
        infer: { step: "vision/infer", inputs: { checkpoint: "train.checkpoint", calib_fit: "dataset.calib_fit" } },
        sweep: { step: "vision/sweep", inputs: { predictions: "infer.calib_fit" } },
        export: { step: "vision/export", inputs: { checkpoint: "train.checkpoint", policy: "sweep.policy" } },
      },
    });
    expect(Object.keys(pipeline.phases)).toEqual(["dataset", "train", "infer", "sweep", "export"]);
  });

  it("refuse a split that a step may not touch, an option of another type, and a missing policy", () => {
    const leak = definePipeline({
      pipeline: "leak",
      phases: {
        dataset,
        // @ts-expect-error val_test must not choose among epochs.
        train: { step: "vision/train", inputs: { ...splits, val_select: "dataset.val_test" } },
      },
    });
    const leakedPredictions = definePipeline({
      pipeline: "leaked-predictions",
      phases: {
        dataset,
        train: { step: "vision/train", inputs: splits },
        infer: { step: "vision/infer", inputs: { checkpoint: "train.checkpoint", val_test: "dataset.val_test" } },
        // @ts-expect-error no threshold is fitted to val_test.
        sweep: { step: "vision/sweep", inputs: { predictions: "infer.val_test" } },
      },
    });
    const dipped = definePipeline({
      pipeline: "dipped",
      phases: {
        dataset,
        train: { step: "vision/train", inputs: splits },
        infer: { step: "vision/infer", inputs: { checkpoint: "train.checkpoint", calib_fit: "dataset.calib_fit" } },
        // @ts-expect-error what thresholds are fitted to can't calibrate a promise as well.
        scrc: { step: "vision/scrc", inputs: { predictions: "infer.calib_fit" } },
      },
    });
    const unknown = definePipeline({
      pipeline: "unknown",
      // @ts-expect-error a size is a number.
      phases: { dataset: { step: "vision/dataset", with: { size: "small" } } },
    });
    const missing = definePipeline({
      pipeline: "missing",
      phases: {
        dataset,
        train: { step: "vision/train", inputs: splits },
        // @ts-expect-error a bundle has exactly one policy.
        export: { step: "vision/export", inputs: { checkpoint: "train.checkpoint" } },
      },
    });
    expect([leak, leakedPredictions, dipped, unknown, missing].map(({ pipeline }) => pipeline)).toEqual([
      "leak",
      "leaked-predictions",
      "dipped",
      "unknown",
      "missing",
    ]);
  });
});

import { definePipeline } from "@orchestrate/sdk";
import { describe, expect, it } from "vitest";
import type {} from "./types.ts";

const dataset = { step: "vision/dataset", with: { size: 32 } } as const;
const splits = { train: "dataset.train", val_select: "dataset.val_select", val_calib: "dataset.val_calib" } as const;

describe("the steps' types", () => {
  it("let the main line compile", () => {
    const pipeline = definePipeline({
      pipeline: "roadwork",
      phases: {
        dataset,
        train: { step: "vision/train", with: { epochs: 2 }, inputs: splits },
        sweep: { step: "vision/sweep", inputs: { predictions: "train.predictions" } },
        export: { step: "vision/export", inputs: { checkpoint: "train.checkpoint", policy: "sweep.policy" } },
      },
    });
    expect(Object.keys(pipeline.phases)).toEqual(["dataset", "train", "sweep", "export"]);
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
    expect([leak, unknown, missing].map(({ pipeline }) => pipeline)).toEqual(["leak", "unknown", "missing"]);
  });
});

import { defineStep, Processes, z } from "@orchestrate/sdk";
import { fakeContext, type RunResult, runStep } from "@orchestrate/sdk/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { madeModel } from "../bundle/fixtures/made-bundle.ts";
import type { Trainer } from "../contract.ts";
import dataset from "../dataset.ts";
import train from "../train.ts";
import embedded from "../trainer/embedded.ts";
import { decodeModel } from "../weights/model-file.ts";
import { pythonWithTorch } from "./fixtures/python-with-torch.ts";
import torch from "./torch.ts";

const python = pythonWithTorch();
const told: string[] = [];
const log = { debug() {}, info: (line: string) => void told.push(line), warn() {}, error() {} };
const trainers = {
  embedded: await embedded.definition.create({ options: { threads: 1 }, log }),
  torch: await torch.definition.create({ options: { python: python ?? "python3", threads: 1 }, log }),
};

describe.skipIf(python === undefined)("between the trainers (skipped where no Python here has torch)", () => {
  let data: RunResult<(typeof dataset)["definition"]["outputs"] & object>;
  beforeAll(async () => {
    data = await runStep(dataset, { config: { size: 16, scenes: { count: 60 } } });
  });
  afterAll(() => data.dispose());
  beforeEach(() => {
    told.length = 0;
  });

  const run = (trainer: Trainer, model?: string) =>
    runStep(train, {
      config: { epochs: 2, batch: 16, lr: 1e-6, ...(model === undefined ? { width: 16, depth: 1, heads: 2 } : {}) },
      services: { trainer },
      inputs: {
        train: { path: data.outputs.train.path },
        val_select: { path: data.outputs.val_select.path },
        ...(model === undefined ? {} : { model: { path: model } }),
      },
    });

  it.each([
    ["embedded", "torch"],
    ["torch", "embedded"],
  ] as const)("weights go from %s to %s; the optimizer starts anew, which metrics say", async (one, other) => {
    using first = await run(trainers[one]);
    using second = await run(trainers[other], first.outputs.checkpoint.path);
    expect(second.error).toBeUndefined();
    expect(told).toEqual([expect.stringMatching(/^torch \S+ on (cpu|cuda), threads 1$/)]);
    expect([first.metrics.optimizer_restarted, second.metrics.optimizer_restarted]).toEqual([0, 1]);
    const [before, after] = [first, second].map(({ outputs }) => decodeModel(outputs.checkpoint.bytes(), "m"));
    expect(after!.fitted_on).toEqual(before!.fitted_on);
    for (const [name, { data: values }] of before!.tensors) {
      for (const [at, value] of values.entries()) expect(after!.tensors.get(name)!.data[at]).toBeCloseTo(value, 3);
    }
  });

  it.each([
    ["attention", "class", "gelu", 0],
    ["perceptron", "mean", "relu", 2],
    ["perceptron", "mean", "relu", 5],
  ] as const)("one model by %s, %s and %s, overlapping by %d, gives one answer", async (...shape) => {
    const [mixing, pooling, activation, overlap] = shape;
    const changes = { mixing, pooling, activation, overlap };
    const model = madeModel({ size: 16, patch: 4, width: 16, depth: 2, heads: 4, ...changes });
    const pixels = Uint8Array.from({ length: 5 * 768 }, (_, index) => (index * 37) % 256);
    const attempt = fakeContext(lending, {});
    const { processes } = attempt.context.services;
    const request = { model, images: { pixels, size: 16, channels: 3 }, processes, signal: attempt.context.signal };
    const [one, two] = [await trainers.embedded.predict(request), await trainers.torch.predict(request)];
    attempt.dispose();
    for (const name of ["logits", "features"] as const) {
      expect(two[name]).toHaveLength(one[name].length);
      for (const [at, value] of one[name].entries()) expect(Math.abs(two[name][at]! - value)).toBeLessThan(1e-4);
    }
  });
});

const lending = defineStep({
  summary: "Lends its child processes.",
  config: z.strictObject({}),
  services: { processes: Processes },
  run: async () => {},
});

import { StepError, type z } from "@orchestrate/sdk";
import { type RunResult, runStep } from "@orchestrate/sdk/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import dataset from "./dataset.ts";
import train from "./train.ts";
import embedded from "./trainer/embedded.ts";
import type { EpochRow } from "./trainer/epoch-row.ts";
import { decodeModel } from "./weights/model-file.ts";

let data: RunResult<(typeof dataset)["definition"]["outputs"] & object>;
let coarse: typeof data;
const trainer = await embedded.definition.create({
  options: { threads: 1 },
  log: { debug() {}, info() {}, warn() {}, error() {} },
});

beforeAll(async () => {
  data = await runStep(dataset, { config: { size: 16, scenes: { count: 60 } } });
  coarse = await runStep(dataset, { config: { size: 8, scenes: { count: 60 } } });
});
afterAll(() => {
  data.dispose();
  coarse.dispose();
});

const quick = { epochs: 4, batch: 16, width: 16, depth: 1, heads: 2, lr: 0.003, patience: 10 } as const;
type Config = z.input<(typeof train)["definition"]["config"]>;

const runTrain = (
  config: Config = {},
  options: { checkpoint?: Uint8Array; signal?: AbortSignal; seed?: number; onProgress?: (epoch: number) => void } = {},
) =>
  runStep(train, {
    config: { ...quick, ...config },
    services: { trainer },
    inputs: {
      train: { path: data.outputs.train.path },
      val_select: { path: data.outputs.val_select.path },
    },
    ...options,
  });

const digests = ({ outputs }: Awaited<ReturnType<typeof runTrain>>) => [
  outputs.checkpoint.digest,
  outputs.history.digest,
  outputs.log.digest,
];

async function refusal(config: Config) {
  using result = await runTrain(config);
  if (!(result.error instanceof StepError)) throw new Error(`not refused: ${result.error}`);
  return result.error.toEnvelope();
}

describe("vision/train", () => {
  it("writes model, history and log", async () => {
    using result = await runTrain();
    expect(result.error).toBeUndefined();
    const model = decodeModel(result.outputs.checkpoint.bytes(), "model");
    expect(model).toMatchObject({
      classes: ["clear", "roadworks"],
      architecture: { size: 16, patch: 8, overlap: 4, width: 16 },
    });
    expect(model.fitted_on).toMatchObject([
      { split: "train", labelled: true },
      { split: "val_select", labelled: true },
    ]);
    const history = result.outputs.history.rows() as EpochRow[];
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
    const kept = history.find(({ epoch }) => epoch === result.metrics.best_epoch)!;
    expect(kept.mcc).toBeGreaterThanOrEqual(Math.max(...history.map(({ mcc }) => mcc)) - 1 / 5 - 1e-9);
    expect(result.metrics).toMatchObject({ mcc: kept.mcc, val_loss: kept.val_loss, epochs: 4 });
    expect(result.outputs.curves.text()).toContain("<svg");
    const lines = result.outputs.log.text().trimEnd().split("\n");
    expect(lines[0]).toMatch(/^epoch 1: train loss 0\.\d{4}, val loss 0\.\d{4}, mcc /);
    expect(lines.at(-1)).toMatch(/^ended after 4 epochs, as many as asked for; kept epoch \d, mcc /);
    expect(result.progress.map(({ done, total }) => [done, total])).toEqual([1, 2, 3, 4].map((done) => [done, 4]));
  });

  it("learns what can be learnt", async () => {
    const still = { flip: false, shift: 0, zoom: 0, turn: 0, light: 0 };
    using result = await runTrain({ epochs: 40, patience: 40, augment: still, labelSmoothing: 0 });
    const history = result.outputs.history.rows() as EpochRow[];
    expect(history.at(-1)!.train_loss).toBeLessThan(0.5 * history[0]!.train_loss);
    expect(result.metrics.mcc).toBeGreaterThan(0.3);
  });

  it("gives equal bits for one seed, and others for another", async () => {
    using one = await runTrain();
    using two = await runTrain();
    using other = await runTrain({}, { seed: 2 });
    expect(digests(two)).toEqual(digests(one));
    expect(other.outputs.checkpoint.digest).not.toBe(one.outputs.checkpoint.digest);
  });

  it.each(["attention", "perceptron"] as const)(
    "goes on from any checkpoint to the same bits, mixing by %s",
    async (mixing) => {
      using whole = await runTrain({ mixing });
      expect(whole.checkpoints).toHaveLength(4);
      for (const checkpoint of whole.checkpoints) {
        using resumed = await runTrain({ mixing }, { checkpoint });
        expect(digests(resumed)).toEqual(digests(whole));
        expect(resumed.metrics).toEqual(whole.metrics);
      }
    },
  );

  it("ends soon after it is interrupted, and can be resumed to the same bits", async () => {
    using whole = await runTrain();
    const controller = new AbortController();
    const onProgress = (epoch: number) => {
      if (epoch === 2) controller.abort(new Error("interrupted"));
    };
    using cut = await runTrain({}, { signal: controller.signal, onProgress });
    expect(cut.error).toMatchObject({ message: "interrupted" });
    expect(cut.progress.at(-1)?.done).toBe(2);
    using resumed = await runTrain({}, { checkpoint: cut.checkpoints.at(-1)! });
    expect(digests(resumed)).toEqual(digests(whole));
    expect(resumed.progress.map(({ done }) => done)).toEqual([3, 4]);
  });

  it("keeps a checkpoint only every so many epochs where told so", async () => {
    using result = await runTrain({ checkpointEvery: 3 });
    expect(result.checkpoints).toHaveLength(1);
  });

  it("stops when val_select no longer gets better", async () => {
    using result = await runTrain({ epochs: 30, patience: 1 });
    expect(result.metrics.epochs).toBe(result.metrics.best_epoch! + 1);
    expect(result.metrics.epochs).toBeLessThan(30);
  });

  it("says at once where training diverged", async () => {
    const envelope = await refusal({ lr: 1e30, warmUp: 0, clip: 1e30 });
    expect(envelope).toMatchObject({
      error: "training-diverged",
      category: "failed",
      hint: "Lower lr, raise warmUp, or lower clip.",
    });
    expect(envelope.detail).toMatch(/^Training diverged in epoch 1, update 2: the (loss is|gradient of) /);
  });

  it("refuses sizes that do not go together", async () => {
    expect(await refusal({ patch: 5, heads: 3 })).toEqual({
      error: "architecture-does-not-fit",
      category: "input",
      detail:
        "Images of 16 pixels, patch 5, width 16, heads 3: " +
        "size must be a multiple of patch; width must be a multiple of heads.",
      hint: "Change patch or heads, or the size in vision/dataset.",
    });
  });

  it("refuses splits of different data sets", async () => {
    using result = await runStep(train, {
      services: { trainer },
      inputs: {
        train: { path: data.outputs.train.path },
        val_select: { path: coarse.outputs.val_select.path },
      },
    });
    expect((result.error as StepError).toEnvelope()).toEqual({
      error: "splits-differ",
      category: "input",
      detail: "The splits do not go together: train has images of 16 pixels, val_select of 8.",
      hint: "Wire all splits from one vision/dataset phase.",
    });
  });

  it("refuses splits whose pictures were brought to size in two ways", async () => {
    using other = await runStep(dataset, { config: { size: 16, fit: "cover", scenes: { count: 60 } } });
    using result = await runStep(train, {
      services: { trainer },
      inputs: { train: { path: data.outputs.train.path }, val_select: { path: other.outputs.val_select.path } },
    });
    expect((result.error as StepError).toEnvelope()).toMatchObject({
      error: "splits-differ",
      detail: "The splits do not go together: train was brought to size by fill, val_select by cover.",
    });
  });

  it("refuses splits of two cuts, which may share pictures", async () => {
    using other = await runStep(dataset, { config: { size: 16, scenes: { count: 60 } }, seed: 2 });
    using result = await runStep(train, {
      services: { trainer },
      inputs: { train: { path: data.outputs.train.path }, val_select: { path: other.outputs.val_select.path } },
    });
    expect((result.error as StepError).toEnvelope()).toMatchObject({
      error: "splits-differ",
      detail: "The splits do not go together: train and val_select come from different cuts, and may share pictures.",
    });
  });

  it("refuses a split that it may not touch, where no kind told", async () => {
    using result = await runStep(train, {
      services: { trainer },
      inputs: { train: { path: data.outputs.train.path }, val_select: { path: data.outputs.val_test.path } },
    });
    expect(result.error).toMatchObject({ code: "split-not-allowed", category: "policy" });
  });

  it("refuses the checkpoint of another model", async () => {
    using other = await runTrain({ width: 8, epochs: 1 });
    using result = await runTrain({}, { checkpoint: other.checkpoints[0]! });
    expect((result.error as StepError).toEnvelope()).toMatchObject({
      error: "checkpoint-malformed",
      category: "invariant",
    });
    expect((result.error as StepError).detail).toMatch(
      /^The training checkpoint has \d+ values of "values", the model has \d+ parameters\.$/,
    );
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { StepError, type z } from "@orchestrate/sdk";
import { describeConformance, type RunResult, runStep } from "@orchestrate/sdk/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import dataset from "./dataset.ts";
import explora from "./explora.ts";
import { readSplit } from "./images/read-split.ts";
import { pictureSet, positionsIn } from "./lineage/picture-set.ts";
import type { MaskedRow } from "./pretrain/masked-row.ts";
import pretrain from "./pretrain.ts";
import train from "./train.ts";
import embedded from "./trainer/embedded.ts";
import { decodeBackbone } from "./weights/backbone-file.ts";
import { decodeSafetensors } from "./weights/decode-safetensors.ts";
import { decodeModel } from "./weights/model-file.ts";

const shape = { size: 16, patch: 4, width: 16, depth: 3, heads: 2, mixing: "attention" } as const;
const quick = { epochs: 2, batch: 16, threads: 1, checkpointEvery: 1 } as const;
const scenes = { count: 48 };

let data: RunResult<(typeof dataset)["definition"]["outputs"] & object>;
let made: RunResult<(typeof pretrain)["definition"]["outputs"] & object>;
beforeAll(async () => {
  data = await runStep(dataset, { config: { size: 16, scenes: { count: 60 } } });
  made = await runStep(pretrain, { config: { ...quick, ...shape, scenes } });
});
afterAll(() => {
  data.dispose();
  made.dispose();
});

type Config = z.input<(typeof explora)["definition"]["config"]>;

const given = (config: Config = {}) => ({
  config: { ...quick, ...config },
  inputs: { backbone: { path: made.outputs.backbone.path }, train: { path: data.outputs.train.path } },
});

async function refusal(config: Config, backbone = made.outputs.backbone.path) {
  const options = given(config);
  using result = await runStep(explora, { ...options, inputs: { ...options.inputs, backbone: { path: backbone } } });
  if (!(result.error instanceof StepError)) throw new Error(`not refused: ${result.error}`);
  return result.error.toEnvelope();
}

describe("vision/explora", () => {
  it("trains adapters, layer norms and the last block; merges them; leaves all else as it was", async () => {
    using result = await runStep(explora, given());
    expect(result.error).toBeUndefined();
    const before = decodeBackbone(made.outputs.backbone.bytes(), "before");
    const after = decodeBackbone(result.outputs.backbone.bytes(), "after");
    expect(before.architecture).toMatchObject({ patch: 4, overlap: 0 });
    expect(after).toMatchObject({ origin: "adapted", architecture: before.architecture });
    // Of the scenes that it was pretrained on, and of the training images.
    expect(after.fitted_on).toMatchObject(Array(2).fill({ split: "train", labelled: false }));
    expect(new Set(after.fitted_on.map(({ pool }) => pool)).size).toBe(2);
    const { path } = data.outputs.train;
    const { sources } = readSplit({ path, file: (name) => join(path, name) }, "train");
    expect(after.seen).toBe(pictureSet(sources, before.seen));
    expect(positionsIn(after.seen, sources)).toHaveLength(36);
    expect(positionsIn(before.seen, sources)).toEqual([]);
    const changed = [...after.tensors.keys()].filter(
      (name) => String(after.tensors.get(name)!.data) !== String(before.tensors.get(name)!.data),
    );
    const own = /^blocks\.2\.|norm\d?\.(scale|bias)$|^hidden$|^decoder\./;
    const adapted = ["0.query", "0.value", "1.query", "1.value"].map((part) => `blocks.${part}.weight`);
    expect(changed.filter((name) => !own.test(name))).toEqual(adapted);
    expect(changed).toEqual(expect.arrayContaining(["blocks.2.up.weight", "blocks.0.norm1.scale", "decoder.weight"]));
    expect(result.metrics.merge_difference).toBeLessThan(1e-4);
    expect(result.metrics.parameters_trained).toBeLessThan(result.metrics.parameters!);
    const { tensors, metadata } = decodeSafetensors(result.outputs.adapter.bytes(), "adapter");
    expect(JSON.parse(metadata.adapter!)).toMatchObject({ rank: 2, alpha: 4, unfrozen: 1 });
    expect(tensors.get("blocks.0.query.adapter.in.weight")?.shape).toEqual([16, 2]);
    expect(tensors.get("blocks.0.query.adapter.out.weight")?.shape).toEqual([2, 16]);
    expect(tensors.has("blocks.0.key.adapter.in.weight")).toBe(false);
  });

  it("does not look at labels", async () => {
    const { path } = data.outputs.train;
    const files = Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(`${path}/${name}`)]));
    const index = JSON.parse(String(files["index.json"]));
    for (const file of index.files) file.label = 0;
    const unlabelled = {
      ...files,
      "labels.u8": new Uint8Array(index.count),
      "index.json": Buffer.from(JSON.stringify(index)),
    };
    using one = await runStep(explora, given());
    using two = await runStep(explora, { ...given(), inputs: { ...given().inputs, train: { files: unlabelled } } });
    expect(two.outputs.backbone.digest).toBe(one.outputs.backbone.digest);
  });

  it("goes on from a checkpoint to the same bits", async () => {
    using whole = await runStep(explora, given());
    expect(whole.checkpoints).toHaveLength(2);
    using resumed = await runStep(explora, { ...given(), checkpoint: whole.checkpoints[0]! });
    expect(resumed.outputs.backbone.digest).toBe(whole.outputs.backbone.digest);
    expect(resumed.progress.map(({ done }) => done)).toEqual([2]);
  });

  it("refuses weights that have seen no image", async () => {
    using random = await runStep(pretrain, { config: { ...quick, ...shape, scenes, epochs: 0 } });
    expect(await refusal({}, random.outputs.backbone.path)).toEqual({
      error: "backbone-random",
      category: "policy",
      detail: "The backbone's weights are random: nothing was learnt that could be adapted.",
      hint: "Train it with vision/pretrain for at least one epoch, or bring one with vision/import-backbone.",
    });
  });

  it("refuses a rank beyond an eighth of the width, and a backbone too shallow", async () => {
    expect(await refusal({ rank: 3 })).toMatchObject({
      error: "adaptation-does-not-fit",
      detail: "The adaptation does not fit the backbone: rank 3 is more than an eighth of its width, 16.",
      hint: "Set rank to 2 at most.",
    });
    using shallow = await runStep(pretrain, { config: { ...quick, ...shape, depth: 2, scenes, epochs: 1 } });
    expect((await refusal({ unfrozen: 2 }, shallow.outputs.backbone.path)).detail).toBe(
      "The adaptation does not fit the backbone: with 2 of its 2 blocks unfrozen none is left to adapt.",
    );
  });

  it("refuses a backbone for images of another size", async () => {
    using other = await runStep(pretrain, { config: { ...quick, ...shape, size: 8, scenes, epochs: 1 } });
    expect(await refusal({}, other.outputs.backbone.path)).toMatchObject({
      error: "backbone-of-another-size",
      category: "input",
      detail: "The backbone takes images of 8 pixels; train has 36 of 16.",
    });
  });

  it("conforms", () => describeConformance(explora, given()));
});

describe("vision/pretrain", () => {
  it("gives a backbone, and says which pool of pictures it has seen, without labels", async () => {
    const { origin, fitted_on } = decodeBackbone(made.outputs.backbone.bytes(), "b");
    expect(origin).toBe("pretrained");
    expect(fitted_on).toEqual([{ split: "train", cut: expect.any(String), pool: expect.any(String), labelled: false }]);
    const rows = made.outputs.history.rows() as MaskedRow[];
    expect(rows.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(made.metrics).toMatchObject({ images: 48, loss: rows[1]!.loss });
  });

  it("learns to see what is hidden", async () => {
    const still = { flip: false, shift: 0, zoom: 0, turn: 0, light: 0 };
    using result = await runStep(pretrain, {
      config: { ...quick, ...shape, scenes: { count: 16 }, epochs: 60, lr: 0.005, augment: still },
    });
    const rows = result.outputs.history.rows() as MaskedRow[];
    expect(rows.at(-1)!.loss).toBeLessThan(0.8 * rows[0]!.loss);
  });

  it("conforms", () => describeConformance(pretrain, { config: { ...quick, ...shape, scenes } }));
});

describe("vision/train on a backbone", () => {
  const trainer = embedded.definition.create({
    options: { threads: 1 },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const run = async (more: object, config: z.input<(typeof train)["definition"]["config"]> = {}) =>
    runStep(train, {
      config: { epochs: 1, batch: 16, ...config },
      services: { trainer: await trainer },
      inputs: { train: { path: data.outputs.train.path }, val_select: { path: data.outputs.val_select.path }, ...more },
    });
  const backbone = () => ({ backbone: { path: made.outputs.backbone.path } });

  it("takes its weights, shape and preprocessing, and says that the optimizer starts anew", async () => {
    using result = await run(backbone(), { lr: 1e-9 });
    const before = decodeBackbone(made.outputs.backbone.bytes(), "b");
    const model = decodeModel(result.outputs.checkpoint.bytes(), "m");
    expect(model.architecture).toEqual({ ...before.architecture, classes: 2 });
    expect(model.preprocessing).toEqual(before.preprocessing);
    for (const [at, value] of before.tensors.get("embed.weight")!.data.entries()) {
      expect(model.tensors.get("embed.weight")!.data[at]).toBeCloseTo(value, 5);
    }
    expect(result.metrics.optimizer_restarted).toBe(1);
  });

  it("goes on from a trained model, whose lineage it keeps", async () => {
    using first = await run(backbone());
    using elsewhere = await runStep(dataset, { config: { size: 16, scenes: { count: 60 } }, seed: 7 });
    const { train: images, val_select } = elsewhere.outputs;
    using second = await run({
      train: { path: images.path },
      val_select: { path: val_select.path },
      model: { path: first.outputs.checkpoint.path },
    });
    expect(second.error).toBeUndefined();
    const [before, after] = [first, second].map(({ outputs }) => decodeModel(outputs.checkpoint.bytes(), "m"));
    expect(after!.fitted_on).toEqual(expect.arrayContaining([...before!.fitted_on]));
    expect(after!.fitted_on.length).toBe(before!.fitted_on.length + 2);
    expect(after!.seen).toBe(before!.seen);
    expect(second.metrics.optimizer_restarted).toBe(1);
    using scratch = await run({}, { patch: 4, width: 16, depth: 1 });
    expect(scratch.metrics.optimizer_restarted).toBe(0);
  });

  it.each([
    [
      "a shape of its own",
      { width: 32 },
      "start-does-not-fit",
      /^The backbone .*: the config says width 32, not 16\.$/,
    ],
  ])("refuses %s", async (_, config, code, detail) => {
    using result = await run(backbone(), config);
    expect(result.error).toMatchObject({ code, category: "input", detail: expect.stringMatching(detail) });
  });

  it("refuses to start from two", async () => {
    using first = await run(backbone());
    using result = await run({ ...backbone(), model: { path: first.outputs.checkpoint.path } });
    expect(result.error).toMatchObject({ code: "two-starts" });
  });

  it("refuses what is no backbone", async () => {
    using first = await run(backbone());
    using result = await run({ backbone: { path: first.outputs.checkpoint.path } });
    expect(result.error).toMatchObject({
      code: "backbone-malformed",
      detail: "The backbone is not a backbone of this kind: its metadata does not say vision.backbone/1.",
    });
  });
});

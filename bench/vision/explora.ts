import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runStep } from "@orchestrate/sdk/testing";
import explora from "../../steps/vision/src/explora.ts";
import type { ImageSet } from "../../steps/vision/src/images/image-set.ts";
import { backboneLayout } from "../../steps/vision/src/network/layout.ts";
import { fitMasked } from "../../steps/vision/src/pretrain/fit-masked.ts";
import { maskedLayout } from "../../steps/vision/src/pretrain/masked-layout.ts";
import { MaskedOptions } from "../../steps/vision/src/pretrain/masked-options.ts";
import pretrain from "../../steps/vision/src/pretrain.ts";
import { featurePass } from "../../steps/vision/src/trainer/forward-pass.ts";
import { runForward } from "../../steps/vision/src/trainer/run-forward.ts";
import type { Backbone } from "../../steps/vision/src/weights/backbone.ts";
import { decodeBackbone } from "../../steps/vision/src/weights/backbone-file.ts";
import { toFlat, toTensors } from "../../steps/vision/src/weights/flat-tensors.ts";
import { columns } from "../report.ts";
import { pythonWith } from "./python-with.ts";
import { splitImages } from "./split-images.ts";

// What a linear probe makes of a backbone's features of other images: as it was pretrained on rendered scenes, adapted by
// vision/explora to the training images, and trained on with all of its weights on the same images for as many epochs.
// The probe is fitted to the training images and judged by all others, which neither it nor any backbone has seen.
//   npx node bench/vision/explora.ts --images DIR [--seeds 1,2,3,4,5]

const { values } = parseArgs({
  options: {
    images: { type: "string" },
    seeds: { type: "string", default: "1,2,3,4,5" },
    mixing: { type: "string", default: "attention" },
    pretrain: { type: "string", default: "{}" },
    explora: { type: "string", default: "{}" },
  },
});
const python = pythonWith("sklearn");
const signal = new AbortController().signal;
const rows: string[][] = [["seed", "backbone", "explora", "all weights", "trained share"]];
const sums = { backbone: 0, explora: 0, whole: 0 };
const seeds = values.seeds.split(",").map(Number);
for (const seed of seeds) {
  const { splits, directory } = await splitImages(values.images, seed);
  const { train, ...others } = splits;
  const test = Object.values(others);
  using made = await runStep(pretrain, {
    config: { mixing: values.mixing as "attention" | "perceptron", ...JSON.parse(values.pretrain) },
    seed,
  });
  if (made.error !== undefined) throw made.error;
  const backbone = decodeBackbone(made.outputs.backbone.bytes(), "backbone");
  using adapted = await runStep(explora, {
    config: JSON.parse(values.explora),
    seed,
    inputs: { backbone: { path: made.outputs.backbone.path }, train: { path: join(directory, "train") } },
  });
  if (adapted.error !== undefined) throw adapted.error;
  const scores = {
    backbone: await probe(backbone, train, test),
    explora: await probe(decodeBackbone(adapted.outputs.backbone.bytes(), "explora"), train, test),
    whole: await probe(await trainOn(backbone, train, adapted.progress.length, seed), train, test),
  };
  for (const name of ["backbone", "explora", "whole"] as const) sums[name] += scores[name];
  const share = adapted.metrics.parameters_trained! / adapted.metrics.parameters!;
  rows.push([String(seed), ...Object.values(scores).map((mcc) => mcc.toFixed(4)), share.toFixed(3)]);
  console.log(rows.at(-1)!.join("  "));
}
const means = Object.values(sums).map((sum) => sum / seeds.length);
rows.push(["mean", ...means.map((mcc) => mcc.toFixed(4))]);
console.log(["Linear probe, MCC on images outside train", ...columns(rows)].join("\n"));
const gain = means[1]! - means[0]!;
console.log(`explora − backbone: ${gain.toFixed(4)}, at least 0: ${gain >= 0 ? "reached" : "not reached"}`);

/** The other way: all weights, the same objective, images and number of epochs. */
async function trainOn(backbone: Backbone, images: ImageSet, epochs: number, seed: number): Promise<Backbone> {
  const specs = maskedLayout(backbone.architecture);
  const { values: found } = await fitMasked({
    objective: { kind: "masked", backbone: backbone.architecture },
    model: backbone,
    start: { trained: toFlat(specs, backbone.tensors), frozen: new Float32Array() },
    images,
    options: MaskedOptions.parse({ lr: 0.001, ...JSON.parse(values.explora), epochs }),
    seeds: { order: seed, masks: seed },
    resume: undefined,
    onEpoch: () => {},
    onCheckpoint: async () => {},
    signal,
  });
  return { ...backbone, tensors: toTensors(specs, found) };
}

async function probe(backbone: Backbone, train: ImageSet, test: readonly ImageSet[]): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), "linear-probe-"));
  try {
    for (const [name, sets] of Object.entries({ train: [train], test })) {
      for (const images of sets) {
        writeFileSync(join(directory, `${name}.f32`), await features(backbone, images), { flag: "a" });
        writeFileSync(join(directory, `${name}.u8`), images.labels, { flag: "a" });
      }
    }
    const script = fileURLToPath(new URL("./linear-probe.py", import.meta.url));
    const words = [script, directory, String(backbone.architecture.width)];
    return Number(execFileSync(python, words, { encoding: "utf8" }));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function features(backbone: Backbone, images: ImageSet): Promise<Float32Array> {
  const pass = await featurePass(backbone.architecture, 64);
  try {
    const flat = toFlat(backboneLayout(backbone.architecture), backbone.tensors);
    return await runForward(pass, flat, images, backbone, signal);
  } finally {
    pass.close();
  }
}
